import React, { act } from 'react';

import { CellDiff, folded, lineDiff } from '../components/cell-diff';
import { ReadinessView } from '../components/view';
import type { FixState, IFinding, IFix, IShownEdit } from '../tokens';
import { reportOf } from './notebook';
import {
  FINDING,
  NAMES,
  actions,
  click,
  host,
  notebookOf,
  shared,
  show,
  text,
  trans
} from './views';

function fixOf(id: string, title: string, run: readonly string[] = []): IFix {
  const kind = run.length > 0 ? 'run-cells' : 'restore-line';
  return { id, title, kind, run, proven: false, checked: true };
}

const PUT = fixOf('f1', 'Put `features = ["age"]` back into [14]');
const RUN = fixOf('f2', 'Run [12] and [13]', ['c7', 'c8']);
const MENDED: IFinding = { ...FINDING, fixes: [PUT, RUN] };
const EDIT: IShownEdit = {
  id: 'c9',
  action: 'replace',
  name: NAMES.c9,
  above: null,
  before: 'n = 1',
  after: 'features = ["age"]\nn = 1'
};

function showFixes(
  state: FixState | null,
  changes: Partial<IFinding> | null = {}
): void {
  const findings = changes ? [{ ...MENDED, ...changes }] : [];
  const rows = { ...notebookOf({}).rows, fix: { ...shared, state } };
  const notebook = notebookOf({ report: reportOf({ findings }), rows });
  show(<ReadinessView trans={trans} notebook={notebook} />);
}

const fixing = {
  path: '',
  status: 'preview' as const,
  fixes: [],
  cells: [],
  diff: '',
  base: 'b1'
};
const previewOf = (changes: object = {}): FixState => ({
  fix: PUT,
  finding: MENDED,
  phase: 'preview',
  fixing,
  edits: [EDIT],
  isCurrent: true,
  busy: false,
  ...changes
});

function press(selector: string, key: string, more: object = {}): void {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...more });
  act(() => void host.querySelector(selector)?.dispatchEvent(event));
}

function button(label: string): HTMLButtonElement | undefined {
  return [...host.querySelectorAll('button')].find(
    button => button.textContent === label
  );
}

describe('the fixes of a row', () => {
  const main = 'Put features = ["age"] back into [14]';

  it('are one button, in the words of the server, and the others folded', () => {
    showFixes(null);
    expect(text('.jp-Prodready-fixes')).toBe(`${main}1 other way`);
    click('1 other way');
    expect(text('.jp-Prodready-fixes')).toBe(
      `${main}Run [12] and [13]1 other way`
    );
    click('Run [12] and [13]');
    expect(actions.start).toHaveBeenCalledWith(MENDED, RUN);
  });

  it('say whether they run code or show a change first', () => {
    showFixes(null, { fixes: [RUN] });
    expect(button('Run [12] and [13]')?.title).toBe(
      'Runs these cells now, in this order (F)'
    );
    showFixes(null);
    expect(button(main)?.title).toBe('Shows the change before it is made (F)');
  });

  it('start with F, wherever the focus is in the row', () => {
    showFixes(null);
    press('.jp-Prodready-sentence', 'f');
    expect(actions.start).toHaveBeenCalledWith(MENDED, PUT);
    press('.jp-Prodready-sentence', 'F');
    expect(actions.start).toHaveBeenCalledTimes(2);
    press('.jp-Prodready-sentence', 'f', { ctrlKey: true });
    press('.jp-Prodready-sentence', 'g');
    press('.jp-Prodready-cellLink', 'f');
    expect(actions.start).toHaveBeenCalledTimes(2);
  });

  it.each([
    ['read-only', 'This notebook is read-only. Save a copy to change it.'],
    ['no-kernel', 'No kernel. Choose one to run cells.'],
    ['kernel-dead', 'The kernel is dead. Restart it to run cells.'],
    ['kernel-away', 'The kernel does not answer yet.']
  ] as const)('are disabled with the reason: %s', (obstacle, words) => {
    actions.obstacleOf.mockReturnValue(obstacle);
    showFixes(null);
    expect(button(main)?.disabled).toBe(true);
    expect(text('.jp-Prodready-fixes')).toContain(words);
    press('.jp-Prodready-sentence', 'f');
    expect(actions.start).not.toHaveBeenCalled();
    actions.obstacleOf.mockReturnValue(null);
  });

  it('are not offered where the finding is suppressed, or has none', () => {
    const suppressed = [{ ...MENDED, reason: 'a demo' }];
    const report = reportOf({
      suppressed,
      findings: [{ ...MENDED, fixes: [] }]
    });
    show(<ReadinessView trans={trans} notebook={notebookOf({ report })} />);
    click('1 suppressed');
    expect(host.querySelector('.jp-Prodready-fix')).toBe(null);
  });
});

describe('a preview', () => {
  it('stands in its row with the change, and is applied or cancelled', () => {
    showFixes(previewOf());
    expect(
      host.querySelector('.jp-Prodready-row .jp-Prodready-sheet')
    ).not.toBe(null);
    expect(text('.jp-mod-added')).toBe('features = ["age"]\n');
    expect(document.activeElement).toBe(button('Apply'));
    click('Apply');
    expect(actions.apply).toHaveBeenCalledTimes(1);
    click('Cancel');
    press('.jp-Prodready-sheet', 'Escape');
    expect(actions.close).toHaveBeenCalledTimes(2);
  });

  it('gives the focus back to its button', () => {
    showFixes(previewOf());
    showFixes(null);
    expect(document.activeElement?.getAttribute('data-fix')).toBe('main');
  });

  it('cannot be applied once the page changed', () => {
    showFixes(previewOf({ isCurrent: false }));
    expect(button('Apply')).toBe(undefined);
    expect(text('.jp-Prodready-sheet')).toContain(
      'The notebook changed since this preview.'
    );
    click('Preview again');
    expect(actions.start).toHaveBeenCalledWith(MENDED, PUT);
  });

  it('can neither be applied twice nor left while it is made', () => {
    showFixes(previewOf({ busy: true }));
    expect([button('Apply')?.disabled, button('Cancel')?.disabled]).toEqual([
      true,
      true
    ]);
  });

  it('opens the fold of a finding that is only possible', () => {
    const finding = { ...MENDED, certain: false };
    showFixes(previewOf({ finding }), { certain: false });
    expect(button('Apply')).not.toBe(undefined);
  });
});

describe('what became of a fix', () => {
  it('shows which cell runs, and can be interrupted', () => {
    const running = { done: 1, total: 2, running: NAMES.c8, stopping: false };
    showFixes({ fix: RUN, finding: MENDED, phase: 'running', ...running });
    expect(host.querySelector('progress')?.value).toBe(1);
    expect(text('.jp-Prodready-sheet')).toContain(
      '1 of 2 cells · [13] fit(test_X)'
    );
    click('Interrupt');
    expect(actions.interrupt).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['failed', NAMES.c7, 1, '[12] failed. 1 cell was not run.'],
    ['failed', NAMES.c8, 0, '[13] failed.'],
    ['interrupted', NAMES.c7, 2, 'Interrupted at [12]. 2 cells were not run.'],
    ['changed', NAMES.c7, 1, '[12] was edited meanwhile. 1 cell was not run.'],
    ['changed', null, 1, 'A cell was deleted meanwhile. 1 cell was not run.']
  ] as const)('tells where it %s', (end, at, left, words) => {
    showFixes({
      fix: RUN,
      finding: MENDED,
      phase: 'stopped',
      end,
      at,
      left
    });
    expect(text('.jp-Prodready-sheet p')).toBe(words);
    click('Close');
    expect(actions.close).toHaveBeenCalledTimes(1);
  });

  it('tells what was done where the row is gone, with the way back', () => {
    showFixes(
      { fix: PUT, finding: MENDED, phase: 'done', undoable: true },
      null
    );
    expect(text('.jp-Prodready-done')).toBe(
      'Done: Put features = ["age"] back into [14] Undo'
    );
    click('Undo');
    expect(actions.undo).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['page-changed', 'The notebook changed since the preview.', true],
    ['fix-changed', 'The notebook changed: this fix no longer fits.', false],
    ['cell-locked', 'Cell [12] is locked.', false],
    ['cannot-undo', 'Cell [12] has changed since the fix.', false]
  ] as const)('says what went wrong: %s', (kind, words, canRetry) => {
    const problem = { kind, message: '[12]', hint: '' };
    showFixes({ fix: PUT, finding: MENDED, phase: 'failed', problem });
    expect(text('[role=alert] p')).toBe(words);
    expect(button('Retry') !== undefined).toBe(canRetry);
    click('Close');
    expect(actions.close).toHaveBeenCalledTimes(1);
  });
});

describe('the lines of a change', () => {
  const diff = (before: string | null, after: string | null) =>
    lineDiff(before, after).map(
      ({ kind, text }) =>
        ({ added: '+', removed: '-', same: ' ', gap: '⋯' })[kind] + text
    );

  it.each([
    ['a new cell', null, 'a\nb', ['+a', '+b']],
    ['a cell that goes', 'a\nb', null, ['-a', '-b']],
    ['a line more', 'a\nc', 'a\nb\nc', [' a', '+b', ' c']],
    ['a line less', 'a\nb\nc', 'a\nc', [' a', '-b', ' c']],
    ['another line', 'a\nb\nc', 'a\nB\nc', [' a', '-b', '+B', ' c']],
    ['two places', 'a\nb\nc', 'A\nb\nC', ['-a', '+A', ' b', '-c', '+C']],
    ['an empty cell filled', '', 'a', ['-', '+a']]
  ])('%s', (_, before, after, lines) => {
    expect(diff(before, after)).toEqual(lines);
  });

  it('are all there, whatever changed', () => {
    const words = ['a', 'b', 'c'];
    const random = (seed: number) =>
      Array.from(
        { length: seed % 7 },
        (_, at) => words[(seed * 31 + at * at * 7) % 3]
      ).join('\n');
    for (let seed = 1; seed < 400; seed++) {
      const [before, after] = [random(seed), random(seed * 13 + 5)];
      const lines = lineDiff(before, after);
      const side = (kind: string) =>
        lines
          .filter(line => line.kind === kind || line.kind === 'same')
          .map(line => line.text)
          .join('\n');
      expect([side('removed'), side('added')]).toEqual([before, after]);
    }
  });

  it('fold what is far from a change', () => {
    const before = Array.from({ length: 20 }, (_, at) => `${at}`);
    const after = [...before.slice(0, 9), 'new', ...before.slice(9)];
    const lines = folded(lineDiff(before.join('\n'), after.join('\n')));
    expect(lines.map(line => line.text)).toEqual([
      '⋯',
      '7',
      '8',
      'new',
      '9',
      '10',
      '⋯'
    ]);
  });

  it('name each cell where there are several', () => {
    const move: IShownEdit = {
      ...EDIT,
      id: 'c8',
      action: 'move',
      name: NAMES.c8,
      above: NAMES.c7,
      before: 'fit()',
      after: 'fit()'
    };
    show(<CellDiff trans={trans} edits={[EDIT, move]} />);
    const captions = [...host.querySelectorAll('figcaption')];
    expect(captions.map(caption => caption.textContent)).toEqual([
      'Cell [14]',
      'Cell [13] moves above [12]'
    ]);
    show(<CellDiff trans={trans} edits={[EDIT]} />);
    expect(host.querySelector('figcaption')).toBe(null);
  });
});
