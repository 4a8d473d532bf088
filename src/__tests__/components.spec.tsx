import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import { Diff, ExtractSheetView, lineKind } from '../components/extract';
import { Inline } from '../components/inline';
import { oldLine } from '../components/problems';
import { RestartSection } from '../components/restart';
import { joined, VerifyProgress } from '../components/verify';
import { ReadinessView, type INotebookView } from '../components/view';
import type {
  ICellName,
  IExtractState,
  IFinding,
  INotebookReport,
  IVerifyJob,
  RestartState,
  VerifyState
} from '../tokens';
import { reportOf } from './notebook';

const trans = nullTranslator.load('jupyter_prodready');

(
  globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
).IS_REACT_ACT_ENVIRONMENT = true;

const NAMES: Record<string, ICellName> = {
  c7: { id: 'c7', label: '[12]', firstLine: 'test_X = test_data[features]' },
  c8: { id: 'c8', label: '[13]', firstLine: 'fit(test_X)' },
  c9: { id: 'c9', label: '[14]', firstLine: 'print(score)' }
};

const FINDING: IFinding = {
  check: 'outdated-definition',
  severity: 'error',
  certain: true,
  cell_id: 'c7',
  cell_index: 7,
  line: 2,
  names: ['features'],
  message: '`features` comes from an older version of [9]',
  cause: {
    cell_id: 'c9',
    execution_count: 9,
    source: 'n = 1\nfeatures = ["age"]'
  },
  affected: ['c8'],
  fixes: [],
  consequence: 'will fail after a restart',
  reason: null
};

let host: HTMLElement;
let root: Root;

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

function show(element: JSX.Element): void {
  act(() => root.render(element));
}

function text(selector = 'div'): string {
  return (host.querySelector(selector) ?? host).textContent ?? '';
}

function click(label: string): void {
  const button = [...host.querySelectorAll('button')].find(
    button =>
      (button.getAttribute('aria-label') ?? button.textContent) === label
  );
  if (!button) {
    throw new Error(`No button "${label}" in: ${host.innerHTML}`);
  }
  act(() => button.click());
}

const actions = {
  jump: jest.fn(),
  start: jest.fn(),
  confirm: jest.fn(),
  skip: jest.fn(),
  dismiss: jest.fn(),
  cancel: jest.fn(),
  ask: jest.fn(),
  run: jest.fn(),
  stop: jest.fn(),
  check: jest.fn(),
  explain: jest.fn(),
  preview: jest.fn(),
  apply: jest.fn(),
  undo: jest.fn(),
  type: jest.fn(),
  openModule: jest.fn(),
  close: jest.fn()
};
const shared = { trans, nameOf: (id: string) => NAMES[id] ?? null, ...actions };

function notebookOf(changes: Partial<INotebookView>): INotebookView {
  return {
    name: 'n.ipynb',
    path: 'work/n.ipynb',
    report: null,
    problem: null,
    rows: { ...shared, activeCellId: null, sourceOf: () => 'n = 1' },
    verify: { ...shared, state: { phase: 'idle' } },
    restart: { ...shared, state: { phase: 'idle' } },
    extract: null,
    check: actions.check,
    ...changes
  };
}

function showReport(report: Partial<INotebookReport>): void {
  const notebook = notebookOf({ report: reportOf(report) });
  show(<ReadinessView trans={trans} notebook={notebook} />);
}

beforeEach(() => jest.clearAllMocks());

describe('the panel', () => {
  it('says what to do where no notebook is open', () => {
    show(<ReadinessView trans={trans} notebook={null} />);
    expect(text()).toBe(
      'Open a notebook to see whether it would run from a clean start.'
    );
  });

  it.each([
    ['unknown', 'Not run in this kernel yet.', 'jp-mod-unknown'],
    ['in-order', 'So far, so good: cells 1-6 ran once.', 'jp-mod-ok'],
    ['weak', 'Probably fine.', 'jp-mod-ok'],
    ['stale', '2 outputs are out of date.', 'jp-mod-stale'],
    ['broken', 'Will not run from a clean start.', 'jp-mod-error'],
    ['other-language', 'Order checks work.', 'jp-mod-info'],
    ['none', 'Nothing to run.', 'jp-mod-unknown']
  ] as const)('says %s in words and with a glyph', (state, message, glyph) => {
    showReport({ verdict: { state, message } });
    const verdict = host.querySelector('[role=status]');
    expect(verdict?.textContent).toBe(message);
    expect(verdict?.getAttribute('aria-live')).toBe('polite');
    expect(verdict?.querySelector(`svg.${glyph}`)).not.toBe(null);
  });

  it('tells how to install a server part that is missing', () => {
    const problem = { kind: 'no-server-part', message: '', hint: '' } as const;
    show(<ReadinessView trans={trans} notebook={notebookOf({ problem })} />);
    expect(text('[role=alert]')).toContain('pip install jupyter_prodready');
    click('Retry');
    expect(actions.check).toHaveBeenCalledTimes(1);
  });

  it('shows the words of the server part and its hint', () => {
    const problem = {
      kind: 'refused',
      message: 'The kernel is dead.',
      hint: 'Restart it.'
    } as const;
    show(<ReadinessView trans={trans} notebook={notebookOf({ problem })} />);
    expect(text('[role=alert]')).toBe('The kernel is dead.Restart it.Retry');
  });
});

describe('a problem', () => {
  it('names its cell, the old line, the cause and what it affects', () => {
    showReport({ findings: [FINDING] });
    const group = host.querySelector('.jp-Prodready-cell');
    expect(group?.textContent).toBe(
      '[12]test_X = test_data[features]' +
        'Error:[12] will fail after a restart: features comes from an older version of [9]' +
        'ran as features = ["age"]' +
        'Cause: [14]Affects 1 more cell[13]Why?'
    );
  });

  it('jumps to cell and line', () => {
    showReport({ findings: [FINDING] });
    click(
      'Error:[12] will fail after a restart: features comes from an older version of [9]'
    );
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c7', line: 2 });
  });

  it('opens the page of its check in place', async () => {
    const page = document.createElement('p');
    page.append('Because.');
    actions.explain.mockResolvedValue(page);
    showReport({ findings: [FINDING] });
    click('Why?');
    await act(async () => undefined);
    expect(actions.explain).toHaveBeenCalledWith('outdated-definition');
    expect(text('.jp-Prodready-why')).toBe('Because.');
  });

  it('is folded while it is only possible', () => {
    showReport({ findings: [{ ...FINDING, certain: false }] });
    expect(host.querySelector('.jp-Prodready-row')).toBe(null);
    expect(text('h3')).toBe('No certain problems');
    click('1 possible problem');
    expect(text('.jp-Prodready-row')).toContain('Possible:');
  });

  it('is counted where it is suppressed, with the reason', () => {
    showReport({ suppressed: [{ ...FINDING, reason: 'a demo' }] });
    click('1 suppressed');
    expect(text('.jp-Prodready-row')).toContain('Suppressed: a demo');
  });

  it('is highlighted with its cell and with those it affects', () => {
    const rows = { ...notebookOf({}).rows, activeCellId: 'c7' };
    const report = reportOf({ findings: [FINDING] });
    const group = () => host.querySelector('.jp-Prodready-cell');
    show(
      <ReadinessView trans={trans} notebook={notebookOf({ report, rows })} />
    );
    expect(group()?.className).toContain('jp-mod-active');
    const below = { ...rows, activeCellId: 'c8' };
    show(
      <ReadinessView
        trans={trans}
        notebook={notebookOf({ report, rows: below })}
      />
    );
    expect(group()?.className).toContain('jp-mod-affected');
  });

  it('does not hide that a check was skipped', () => {
    const skipped = [{ check: 'stale-input', reason: 'no kernel history' }];
    showReport({ skipped });
    click('1 check skipped');
    expect(text('.jp-Prodready-skipped')).toBe('stale-input no kernel history');
  });
});

describe('oldLine', () => {
  const cause = { cell_id: 'c9', execution_count: 9 };

  it('is the line with the name that the page has no more', () => {
    expect(oldLine(FINDING, 'n = 1')).toBe('features = ["age"]');
  });

  it('is empty where the page still has every line', () => {
    expect(oldLine(FINDING, 'features = ["age"]\nn = 1')).toBe('');
  });

  it('takes whole names only', () => {
    const source = 'all_features = 1\nfeatures = 2';
    expect(oldLine({ ...FINDING, cause: { ...cause, source } }, '')).toBe(
      'features = 2'
    );
  });

  it('is empty without a source', () => {
    expect(oldLine({ ...FINDING, cause: null }, '')).toBe('');
  });
});

describe('Inline', () => {
  it('shows what stands in backticks as code, and a lone backtick as it is', () => {
    show(
      <p>
        <Inline text="a `b` c `d" />
      </p>
    );
    expect(host.innerHTML).toBe('<p>a <code>b</code> c `d</p>');
  });
});

describe('restart and verify', () => {
  const job: IVerifyJob = {
    id: 'v1',
    path: 'n.ipynb',
    state: 'running',
    done: 1,
    total: 3,
    running: 'c8',
    cells: [
      { id: 'c7', index: 7, verdict: 'identical', detail: '', seconds: 0.1 }
    ],
    report: null,
    error: null
  };
  const showState = (state: VerifyState) =>
    show(<VerifyProgress {...shared} state={state} />);

  it('asks about the cells that would touch the world again', () => {
    showState({
      phase: 'asking',
      cells: [
        { ...NAMES.c7, kinds: ['writes-file'], detail: 'to_csv' },
        { ...NAMES.c8, kinds: ['network'], detail: 'requests' }
      ]
    });
    expect(text('p')).toBe('Cells [12] and [13] would run again.');
    expect(text('ul')).toContain('writes files: to_csv');
    expect(text('ul')).toContain('uses the network: requests');
    click('Skip those');
    click('Verify');
    click('Cancel');
    expect(actions.skip).toHaveBeenCalledTimes(1);
    expect(actions.confirm).toHaveBeenCalledTimes(1);
    expect(actions.dismiss).toHaveBeenCalledTimes(1);
  });

  it('ticks off the cells and can be cancelled', () => {
    showState({ phase: 'running', job, cancelling: false });
    expect(host.querySelector('progress')?.value).toBe(1);
    expect(text('.jp-Prodready-hint')).toBe('1 of 3 cells · [13] fit(test_X)');
    expect(text('[data-verdict=identical]')).toContain('[12]');
    click('Cancel');
    expect(actions.cancel).toHaveBeenCalledTimes(1);
  });

  it('cannot be cancelled twice', () => {
    showState({ phase: 'running', job, cancelling: true });
    expect(host.querySelector('button')?.disabled).toBe(true);
  });

  it('tells the verdict, the failing cell, the cause, and what changed since', () => {
    const failed = {
      id: 'c8',
      index: 8,
      verdict: 'error',
      detail: 'NameError: name `features`',
      seconds: 0
    } as const;
    showState({
      phase: 'ended',
      at: new Date(2026, 0, 1, 14, 2),
      changedSince: [NAMES.c7, NAMES.c9],
      job: {
        ...job,
        state: 'done',
        report: {
          path: 'n.ipynb',
          verdict: 'fails',
          seconds: 3,
          message: '[13] fails in a clean kernel',
          cells: [...job.cells, failed],
          cause: {
            check: 'outdated-definition',
            cell_id: 'c9',
            line: 4,
            message: '`features` is old',
            source: 'features = 1'
          },
          repairs: []
        }
      }
    });
    expect(text('section')).toContain('[13] fails in a clean kernel');
    expect(text('section')).toContain('Changed since: [12] and [14].');
    expect(text('[data-verdict=error]')).toContain('NameError');
    expect(host.querySelector('[data-verdict=identical]')).toBe(null);
    click('1 cell is the same');
    expect(text('[data-verdict=identical]')).toContain('[12]');
    click('Show me');
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c9', line: 4 });
  });

  it('says that a cancelled job left no kernel', () => {
    showState({
      phase: 'ended',
      at: new Date(),
      changedSince: [],
      job: { ...job, state: 'cancelled' }
    });
    expect(text('[role=status]')).toBe('Cancelled. The fresh kernel is gone.');
  });

  it('shows why a job failed, and the hint', () => {
    const error = { message: 'No kernel named r.', hint: 'Install it.' };
    showState({
      phase: 'ended',
      at: new Date(),
      changedSince: [],
      job: { ...job, state: 'failed', error }
    });
    expect(text('[role=status]')).toBe('No kernel named r. Install it.');
  });

  it('joins names as people do', () => {
    expect(joined([NAMES.c7], trans)).toBe('[12]');
    expect(joined([NAMES.c7, NAMES.c8, NAMES.c9], trans)).toBe(
      '[12], [13] and [14]'
    );
  });
});

describe('restart this kernel and run all', () => {
  const showState = (state: RestartState) =>
    show(<RestartSection {...shared} state={state} />);

  it('warns before the variables are lost', () => {
    showState({ phase: 'asking', failing: [NAMES.c7] });
    expect(text('p')).toBe(
      '[12] will fail: mend it before you lose your variables?'
    );
    click('Restart anyway');
    expect(actions.run).toHaveBeenCalledTimes(1);
  });

  it('says so where nothing is known to fail', () => {
    showState({ phase: 'asking', failing: [] });
    expect(text('p')).toBe(
      'No cell is known to fail. Your variables will be lost.'
    );
    click('Restart and run all');
    expect(actions.run).toHaveBeenCalledTimes(1);
  });

  it('tells where it stopped', () => {
    showState({ phase: 'ended', done: 2, total: 5, failed: NAMES.c8 });
    expect(text('p')).toContain('Stopped at [13] after 2 of 5 cells.');
  });
});

describe('extract to module', () => {
  const state: IExtractState = {
    cells: [NAMES.c7],
    module: 'src/m.py',
    name: 'f',
    busy: false,
    isCurrent: true,
    problem: null,
    extraction: {
      status: 'preview',
      function: 'f',
      module: 'src/m.py',
      inputs: [{ name: 'df', annotation: null, reason: 'made in [2]' }],
      outputs: [{ name: 'y', annotation: 'int', reason: 'used in [5]' }],
      refusals: [],
      notes: ['a note'],
      labels: ['pure'],
      diff: '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n',
      proof: 'not-run',
      files: ['src/m.py'],
      base: 'b1',
      cells: [],
      undo_id: null
    }
  };
  const button = (label: string) =>
    [...host.querySelectorAll('button')].find(
      button => button.textContent === label
    );

  it('shows inputs and outputs with their reasons, labels, notes and the diff', () => {
    show(<ExtractSheetView {...shared} state={state} />);
    expect(text('.jp-Prodready-parameters')).toBe('Takesdf made in [2]');
    expect(text('section')).toContain('y: int used in [5]');
    expect(text('.jp-Prodready-labels')).toBe('pure');
    expect(text('.jp-Prodready-diff .jp-mod-added')).toBe('+new\n');
    click('Apply');
    expect(actions.apply).toHaveBeenCalledTimes(1);
  });

  it('cannot be applied while the preview is of other names', () => {
    show(
      <ExtractSheetView {...shared} state={{ ...state, isCurrent: false }} />
    );
    expect(button('Apply')?.disabled).toBe(true);
    expect(button('Preview')?.disabled).toBe(false);
  });

  it('says every reason for a refusal, with the remedy', () => {
    const refusals = [
      {
        cell_id: 'c7',
        line: 3,
        message: '`exec` is used',
        remedy: 'Leave it.'
      },
      { cell_id: null, line: null, message: 'No name', remedy: 'Give one.' }
    ];
    const extraction = {
      ...state.extraction!,
      status: 'refused' as const,
      refusals,
      diff: ''
    };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(text('[aria-label=Refused]')).toBe(
      '[12] exec is usedLeave it. No nameGive one.'
    );
    expect(button('Apply')?.disabled).toBe(true);
    click('[12]');
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c7', line: 3 });
  });

  it('offers the way back after it was applied', () => {
    const extraction = { ...state.extraction!, status: 'applied' as const };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    click('Undo');
    click('Open');
    expect(actions.undo).toHaveBeenCalledTimes(1);
    expect(actions.openModule).toHaveBeenCalledWith('src/m.py');
  });

  it('tells the lines of a diff apart', () => {
    expect(
      ['--- a', '+++ b', '@@ -1 @@', '-x', '+x', ' x', '', '+++x'].map(lineKind)
    ).toEqual([
      'file',
      'file',
      'hunk',
      'removed',
      'added',
      'same',
      'same',
      'added'
    ]);
    show(<Diff diff={'+a\n-b\n'} />);
    expect(host.querySelectorAll('span')).toHaveLength(2);
  });
});
