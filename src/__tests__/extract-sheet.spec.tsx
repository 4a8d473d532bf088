import React, { act } from 'react';

import { Diff, lineKind } from '../components/diff';
import { ExtractSheetView } from '../components/extract';
import { differenceOf } from '../extract-area';
import type { ReadinessModel } from '../model';
import { type IExtractState, type IFix } from '../tokens';
import type { ReadinessTracker } from '../tracker';
import { SHEET as state } from './extractions';
import {
  FINDING,
  NAMES,
  actions,
  click,
  host,
  shared as others,
  show,
  text,
  trans
} from './views';

const shared = { ...others, unfinished: null, hasIdleKernel: true };

describe('extract to module', () => {
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
    click('Apply without proof');
    expect(actions.apply).toHaveBeenCalledTimes(1);
    click('Prove and apply');
    expect(actions.prove).toHaveBeenCalledTimes(1);
  });

  it('has a tick for what is replaced once it is asked for', () => {
    const tick = () => text('.jp-Prodready-ticks');
    const update = { ...state.options, update: true };
    show(<ExtractSheetView {...shared} state={state} />);
    expect(tick()).not.toContain('Replace');
    show(
      <ExtractSheetView {...shared} state={{ ...state, options: update }} />
    );
    const label = [...host.querySelectorAll('label')].find(one =>
      one.textContent?.startsWith('Replace what the module has')
    );
    label!.querySelector('input')!.click();
    expect(actions.tick).toHaveBeenCalledWith({ update: false });
  });

  it('offers several functions, and lists them', () => {
    const action = {
      kind: 'several' as const,
      cell: null,
      lines: null,
      cells: null,
      edits: null,
      names: null
    };
    const refusal = {
      cell_id: 'c7',
      line: 3,
      message: 'Line 3 shows a value.',
      remedy: 'Or make 2 functions of them.',
      action
    };
    const refused = {
      ...state.extraction!,
      status: 'refused' as const,
      refusals: [refusal]
    };
    show(
      <ExtractSheetView {...shared} state={{ ...state, extraction: refused }} />
    );
    click('Make several functions');
    expect(actions.remedy).toHaveBeenCalledWith(action);
    const made = { inputs: [], outputs: [], labels: [], notes: [] };
    const steps = ['load', 'clean'].map((name, at) => ({
      ...made,
      heading: '',
      cells: [`c${at}`],
      function: name,
      module: 'src/a.py'
    }));
    const options = { ...state.options, several: true };
    const extraction = { ...state.extraction!, steps };
    show(
      <ExtractSheetView {...shared} state={{ ...state, extraction, options }} />
    );
    expect(text('.jp-Prodready-steps')).toContain('load()');
    expect(text('.jp-Prodready-steps')).toContain('clean()');
    expect(host.textContent).not.toContain('Function');
  });

  it.each([
    ['parameters', 'Make a, b a parameter', 'Functions get it at each call'],
    ['returns', 'Return a, b', 'Functions return what they set']
  ] as const)('offers %s, and takes it back', (kind, label, tick) => {
    const names = ['a', 'b'];
    const none = { cell: null, lines: null, cells: null, edits: null };
    const action = { ...none, kind, names };
    const refusal = { cell_id: null, line: null, message: 'No.', remedy: '' };
    const refused = {
      ...state.extraction!,
      status: 'refused' as const,
      refusals: [{ ...refusal, action }]
    };
    show(
      <ExtractSheetView {...shared} state={{ ...state, extraction: refused }} />
    );
    click(label);
    expect(actions.remedy).toHaveBeenCalledWith(action);
    expect(host.textContent).not.toContain(tick);
    const options = { ...state.options, [kind]: names };
    show(<ExtractSheetView {...shared} state={{ ...state, options }} />);
    const found = [...host.querySelectorAll('label')].find(one =>
      one.textContent?.startsWith(tick)
    );
    expect(found!.textContent).toContain('a, b');
    found!.querySelector('input')!.click();
    expect(actions.tick).toHaveBeenCalledWith({ [kind]: [] });
  });

  it('copies what the code changes only with a proof', () => {
    const labels = ['mutates df'];
    const extraction = { ...state.extraction!, labels };
    const tick = () => host.textContent;
    show(<ExtractSheetView {...shared} state={state} />);
    expect(tick()).not.toContain('Copy what it would change');
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(tick()).toContain('Copy what it would change');
    expect(button('Apply without proof')?.disabled).toBe(false);
    const options = { ...state.options, pure: true };
    show(<ExtractSheetView {...shared} state={{ ...state, options }} />);
    expect(tick()).toContain('Copy what it would change');
    expect(button('Apply without proof')?.disabled).toBe(true);
    expect(button('Prove and apply')?.disabled).toBe(false);
  });

  it('offers to run what the kernel holds otherwise', () => {
    const fix = { title: 'Run [1]', kind: 'run-cells' } as unknown as IFix;
    const finding = { ...FINDING, cell_id: 'c7', fixes: [fix] };
    const report = { findings: [finding] };
    const model = { report } as unknown as ReadinessModel;
    const tracker = { fix: jest.fn() } as unknown as ReadinessTracker;
    expect(differenceOf(model, [NAMES.c9], tracker)).toBeNull();
    const differs = differenceOf(model, [NAMES.c7], tracker);
    show(<ExtractSheetView {...shared} state={state} differs={differs} />);
    expect(text('[role=note]')).toContain('comes from an older version of [9]');
    expect(text('[role=note]')).toContain('goes by the page');
    click('Run [1]');
    expect(tracker.fix).toHaveBeenCalledWith(model, finding, fix);
  });

  it('cannot be applied while the preview is of other names', () => {
    show(
      <ExtractSheetView {...shared} state={{ ...state, isCurrent: false }} />
    );
    expect(button('Prove and apply')?.disabled).toBe(true);
    expect(button('Preview')?.disabled).toBe(false);
  });

  it('says every reason for a refusal, with the remedy', () => {
    const refusals = [
      {
        cell_id: 'c7',
        line: 3,
        message: '`exec` is used',
        remedy: 'Leave it.',
        action: {
          kind: 'lines' as const,
          cell: 'c7',
          lines: [4, 12],
          cells: null,
          edits: null,
          names: null
        }
      },
      {
        cell_id: null,
        line: null,
        message: 'No name',
        remedy: 'Give one.',
        action: null
      }
    ];
    const extraction = {
      ...state.extraction!,
      status: 'refused' as const,
      refusals,
      diff: ''
    };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(text('[aria-label=Refused]')).toBe(
      '[12] exec is usedLeave it.Extract lines 4 to 12 No nameGive one.'
    );
    click('Extract lines 4 to 12');
    expect(actions.remedy).toHaveBeenCalledWith(refusals[0].action);
    // to ask for the same again helps nobody
    expect(button('Preview')?.className).not.toContain('jp-mod-primary');
    expect(button('Prove and apply')?.disabled).toBe(true);
    click('[12]');
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c7', line: 3 });
  });

  it('has one button for a step that takes several refusals away', () => {
    const action = {
      kind: 'returns' as const,
      cell: null,
      lines: null,
      cells: null,
      edits: null,
      names: ['n']
    };
    const refusal = { cell_id: null, line: null, message: 'No', remedy: '' };
    const refusals = [
      { ...refusal, action },
      { ...refusal, action },
      { ...refusal, action: null }
    ];
    const extraction = {
      ...state.extraction!,
      status: 'refused' as const,
      refusals,
      diff: ''
    };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(text('[aria-label=Refused]')).toBe(' NoReturn n No No');
  });

  it('asks about cells that a proof would run again, and shows how far it is', () => {
    const showProof = (proof: IExtractState['proof']) =>
      show(<ExtractSheetView {...shared} state={{ ...state, proof }} />);
    showProof({
      phase: 'asking',
      cells: [{ ...NAMES.c7, kinds: ['writes-file'], detail: 'to_csv' }]
    });
    expect(text('.jp-Prodready-ask')).toContain('Cell [12] would run again.');
    expect(button('Skip those')).toBeUndefined();
    click('Prove');
    expect(actions.confirmProof).toHaveBeenCalledTimes(1);

    showProof({ phase: 'short', message: 'Your kernel uses 21 GB.' });
    click('Prove anyway');
    expect(actions.confirmProofMemory).toHaveBeenCalledTimes(1);

    showProof({ phase: 'running', job: null, cancelling: false });
    expect(text('.jp-Prodready-running')).toContain('Starting a fresh kernel…');
    expect(button('Prove and apply')).toBeUndefined();
    expect(button('Cancel')?.disabled).toBe(true);

    const problem = { kind: 'http' as const, message: '500', hint: '' };
    showProof({ phase: 'failed', problem });
    expect(text('[role=alert]')).toContain('500');
  });

  it.each([
    ['equal', 'Proven: the page shows and holds the same.'],
    ['equal-where-deterministic', 'Proven, but for what varies'],
    ['not-run', 'Not proven.']
  ] as const)('says what was proven: %s', (proof, words) => {
    const status = 'applied' as const;
    const extraction = { ...state.extraction!, status, proof };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(text('[role=status]')).toContain(words);
  });

  it('says whose run of the page it was, and runs it anew where asked to', () => {
    const baseline = new Date(2026, 10, 22, 12, 3).toISOString();
    const extraction = { ...state.extraction!, proof: 'equal' as const };
    const proven = { ...state, provenBy: 'v7' };
    show(<ExtractSheetView {...shared} state={{ ...proven, extraction }} />);
    expect(text('form')).not.toContain('own run');
    expect(button('Prove anew')).toBeUndefined();
    const old = { ...extraction, baseline };
    show(
      <ExtractSheetView {...shared} state={{ ...proven, extraction: old }} />
    );
    expect(text('form')).toMatch(/own run is that of 0?(12:03|3:03)/);
    click('Prove anew');
    expect(actions.proveAnew).toHaveBeenCalledTimes(1);
    const applied = { ...old, status: 'applied' as const };
    show(
      <ExtractSheetView {...shared} state={{ ...state, extraction: applied }} />
    );
    expect(text('[role=status]')).toContain('own run is that of');
  });

  const tick = (label: string) => {
    const labels = [...host.querySelectorAll('label')];
    const found = labels.find(one => one.textContent?.includes(label));
    return found!.querySelector('input')!;
  };

  it('has a tick for each thing that can be left out or added', () => {
    show(<ExtractSheetView {...shared} state={state} />);
    expect(tick('Docstring').checked).toBe(true);
    act(() => tick('Docstring').click());
    expect(actions.tick).toHaveBeenCalledWith({ docstring: false });
    expect(tick('Test with').checked).toBe(false);
    act(() => tick('Test with').click());
    expect(actions.tick).toHaveBeenCalledWith({ test: true });
    act(() => tick('added import in your kernel').click());
    expect(actions.tickSetup).toHaveBeenCalledWith(false);
    expect(text('.jp-Prodready-setup')).toBe('from m import f');
    expect(text('form')).toContain('m is installed.');
  });

  it('says why a tick cannot be made', () => {
    const no_test = 'it reads files.';
    const extraction = { ...state.extraction!, no_test };
    const busy = { ...shared, hasIdleKernel: false };
    show(<ExtractSheetView {...busy} state={{ ...state, extraction }} />);
    expect(tick('Test with').disabled).toBe(true);
    expect(text('form')).toContain('There can be none: it reads files.');
    expect(tick('added import').disabled).toBe(true);
    expect(host.querySelector('.jp-Prodready-setup')).toBe(null);
    const job = {} as never;
    const proof = { phase: 'ended' as const, job };
    show(<ExtractSheetView {...shared} state={{ ...state, proof }} />);
    expect(tick('Test with').disabled).toBe(true);
    expect(text('form')).toContain('the proof could not be run.');
  });

  it('lets a test be looked at before it is written', () => {
    const options = { ...state.options, test: true };
    show(<ExtractSheetView {...shared} state={{ ...state, options }} />);
    click('Prove');
    expect(actions.prove).toHaveBeenCalledTimes(1);
    const proof = 'equal' as const;
    const extraction = { ...state.extraction!, proof };
    const proven = { ...state, options, extraction, provenBy: 'v7' };
    show(<ExtractSheetView {...shared} state={proven} />);
    expect(button('Prove')).toBeUndefined();
    click('Apply');
    expect(actions.apply).toHaveBeenCalledTimes(1);
    expect(text('form')).toContain('Proven: the page shows and holds the same');
  });

  it.each([
    [{ kind: 'ran' as const }, 'go on without a restart'],
    [{ kind: 'failed' as const, message: 'ImportError: m' }, 'ImportError: m'],
    [{ kind: 'failed' as const, message: '' }, 'its cell says why'],
    [{ kind: 'held' as const, names: ['f'] }, 'holds f already'],
    [{ kind: 'not-idle' as const }, 'your kernel was busy']
  ])('says what came of the import: %j', (setupRun, words) => {
    const extraction = { ...state.extraction!, status: 'applied' as const };
    const after = { ...state, extraction, setupRun };
    show(<ExtractSheetView {...shared} state={after} />);
    expect(text('[role=status]')).toContain(words);
  });

  it('offers the way back after it was applied', () => {
    const extraction = { ...state.extraction!, status: 'applied' as const };
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(document.activeElement?.textContent).toBe('Open');
    click('Undo');
    click('Open');
    click('Verify');
    expect(actions.verify).toHaveBeenCalledTimes(1);
    expect(actions.undo).toHaveBeenCalledTimes(1);
    expect(actions.openModule).toHaveBeenCalledWith('src/m.py');
  });

  it('takes the focus from nobody who types elsewhere', () => {
    const extraction = { ...state.extraction!, status: 'applied' as const };
    const cell = document.body.appendChild(document.createElement('textarea'));
    cell.focus();
    show(<ExtractSheetView {...shared} state={{ ...state, extraction }} />);
    expect(document.activeElement).toBe(cell);
    cell.remove();
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
    show(<Diff diff={'+a\n-b\n'} label={trans.__('Change')} />);
    expect(host.querySelectorAll('span')).toHaveLength(2);
  });
});
