import React from 'react';

import { joined } from '../components/asking';
import { timeWords } from '../components/progress';
import { RestartSection } from '../components/restart';
import { VerifyProgress } from '../components/verify';
import type { IVerifyJob, RestartState, VerifyState } from '../tokens';
import {
  NAMES,
  actions,
  click,
  host,
  shared,
  show,
  text,
  trans
} from './views';

describe('restart and verify', () => {
  const job: IVerifyJob = {
    id: 'v1',
    path: 'n.ipynb',
    kind: 'verify',
    state: 'running',
    done: 1,
    total: 3,
    running: 'c8',
    started_at: '2026-11-21T19:30:00Z',
    ended_at: null,
    phase: 'run',
    seconds_left: null,
    unknown_left: 0,
    page: [],
    cells: [
      { id: 'c7', index: 7, verdict: 'identical', detail: '', seconds: 0.1 }
    ],
    report: null,
    extraction: null,
    install: null,
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

  it('asks whether a second kernel fits', () => {
    showState({
      phase: 'short',
      message: 'Your kernel uses 21 GB, 9.0 GB are free.'
    });
    expect(text('p')).toBe('Your kernel uses 21 GB, 9.0 GB are free.');
    click('Verify anyway');
    click('Cancel');
    expect(actions.confirmMemory).toHaveBeenCalledTimes(1);
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

  it.each([
    [null, 0, ''],
    [0.4, 0, ''],
    [41, 0, 'about 40 s left · '],
    [7.2, 2, 'at least 7 s left · ']
  ])('tells that %s s are left, and %i unknown', (left, unknown, words) => {
    const now = { ...job, seconds_left: left, unknown_left: unknown };
    showState({ phase: 'running', job: now, cancelling: false });
    expect(text('.jp-Prodready-hint')).toBe(
      `1 of 3 cells · ${words}[13] fit(test_X)`
    );
  });

  it.each([
    [19.4, '19 s'],
    [57.4, '55 s'],
    [58, '1 min'],
    [170, '3 min'],
    [7800, '2 h 10 min']
  ])('%d s are %s', (seconds, words) => {
    expect(timeWords(seconds, trans)).toBe(words);
  });

  it('tells that it looks for a repair', () => {
    const now: IVerifyJob = { ...job, done: 3, phase: 'repair' };
    showState({ phase: 'running', job: now, cancelling: false });
    expect(text('.jp-Prodready-hint')).toContain('Looking for a repair');
  });

  it('shows the verdict while it looks for a repair', () => {
    const report = {
      path: 'n.ipynb',
      verdict: 'fails',
      seconds: 3,
      message: '[13] fails in a clean kernel',
      cells: job.cells,
      cause: null,
      repairs: [],
      state: [],
      repairs_skipped: '',
      state_skipped: ''
    } as const;
    const now: IVerifyJob = { ...job, phase: 'repair', report };
    showState({ phase: 'running', job: now, cancelling: false });
    expect(text('.jp-Prodready-hint')).toBe('Looking for a repair…');
    expect(text('section')).toContain('[13] fails in a clean kernel');
    click('Stop looking');
    expect(actions.cancel).toHaveBeenCalledTimes(1);
  });

  it('waits for others', () => {
    const now: IVerifyJob = { ...job, state: 'queued', total: 0 };
    showState({ phase: 'running', job: now, cancelling: false });
    expect(text('.jp-Prodready-hint')).toBe('Waiting for another run to end…');
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
    const skipped = { ...failed, id: 'c9', verdict: 'skipped' } as const;
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
          cells: [...job.cells, failed, skipped],
          cause: {
            check: 'outdated-definition',
            cell_id: 'c9',
            line: 4,
            message: '`features` is old',
            source: 'features = 1',
            remedy: 'Put `features` back.'
          },
          repairs: [],
          state: [
            { name: 'df', kind: 'differs', detail: 'list 3 items' },
            { name: 'old', kind: 'only-live', detail: 'int 1' },
            { name: 'model', kind: 'not-comparable', detail: 'Model' }
          ],
          repairs_skipped: '',
          state_skipped: ''
        }
      }
    });
    expect(text('h3')).toMatch(/^Failed .*2:02/);
    click('Your kernel differs in 2 names');
    expect(text('.jp-Prodready-state')).toBe(
      'df differslist 3 itemsold is only in your kernelint 1'
    );
    expect(text('section')).toContain('Not comparable: model.');
    expect(text('section')).toContain('[13] fails in a clean kernel');
    expect(text('section')).toContain('Changed since: [12] and [14].');
    expect(text('[data-verdict=error]')).toContain('NameError');
    expect(text('.jp-Prodready-cause')).toContain('Put features back.');
    expect(host.querySelector('[data-verdict=identical]')).toBe(null);
    click('1 cell is the same');
    expect(text('[data-verdict=identical]')).toContain('[12]');
    expect(host.querySelector('[data-verdict=skipped]')).toBe(null);
    click('1 cell was not run');
    expect(text('[data-verdict=skipped]')).toContain('[14]');
    click('Show me');
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c9', line: 4 });
  });

  it.each(['reproduces', 'differs'] as const)('calls %s verified', verdict => {
    const report = {
      path: 'n.ipynb',
      verdict,
      seconds: 3,
      message: 'Runs.',
      cells: [],
      cause: null,
      repairs: [],
      state: [],
      repairs_skipped: '',
      state_skipped: ''
    };
    showState({
      phase: 'ended',
      at: new Date(2026, 0, 1, 14, 2),
      changedSince: [],
      job: { ...job, state: 'done', report }
    });
    expect(text('h3')).toMatch(/^Verified .*2:02/);
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
  const ended = {
    phase: 'ended',
    done: 2,
    total: 5,
    failed: null,
    previous: 'none'
  } as const;
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

  it('is not offered where there is no kernel', () => {
    const showWithout = (state: RestartState) =>
      show(<RestartSection {...shared} hasKernel={false} state={state} />);
    const disabled = () =>
      [...host.querySelectorAll('button:disabled')].map(
        button => button.textContent
      );
    showWithout({ phase: 'idle' });
    expect(disabled()).toEqual(['Restart this kernel and run all…']);
    expect(text('.jp-Prodready-hint')).toBe(
      'No kernel. Choose one to run cells.'
    );
    showWithout({ phase: 'asking', failing: [] });
    expect(disabled()).toEqual(['Restart and run all']);
    expect(host.textContent).toContain('No kernel.');
  });

  it('is closed, not tried again, where the kernel did not come back', () => {
    const problem = { kind: 'not-restarted', message: '', hint: '' } as const;
    showState({ phase: 'failed', problem });
    click('Close');
    expect(actions.dismiss).toHaveBeenCalledTimes(1);
  });

  it('tells where it stopped', () => {
    showState({ ...ended, failed: NAMES.c8 });
    expect(text('p')).toContain('Stopped at [13] after 2 of 5 cells.');
    const labels = [...host.querySelectorAll('button')].map(
      button => button.textContent
    );
    expect(labels).toEqual([expect.stringContaining('[13]'), 'Close']);
  });

  it('offers the previous outputs, and the way back from them', () => {
    showState({ ...ended, previous: 'kept' });
    expect(text('p')).toBe('2 of 5 cells ran in the restarted kernel.');
    click('Bring back previous outputs');
    expect(actions.bringBack).toHaveBeenCalledTimes(1);
    showState({ ...ended, previous: 'back' });
    expect(text('[role=status]')).toContain('Previous outputs are back');
    click('Undo');
    expect(actions.undoBringBack).toHaveBeenCalledTimes(1);
  });
});
