import React, { act } from 'react';

import { CellReview } from '../components/review';
import type { IVerifiedCell } from '../tokens';
import { settle } from './server';
import { actions, click, host, shared, show, text } from './views';

const CELL: IVerifiedCell = {
  id: 'c7',
  index: 7,
  verdict: 'changed',
  detail: 'shows 2, the page 1',
  seconds: 0.1
};

function nodeOf(words: string): HTMLElement {
  const node = document.createElement('pre');
  node.textContent = words;
  return node;
}

function showCell(changes: Partial<IVerifiedCell>): void {
  const cell = { ...CELL, ...changes };
  show(<CellReview {...shared.review} cell={cell} />);
}

const labels = () =>
  [...host.querySelectorAll('button')].map(button => button.textContent);

async function open(isWhole = true): Promise<void> {
  const page = nodeOf('1');
  actions.compare.mockResolvedValue({ page, fresh: nodeOf('2'), isWhole });
  click('Compare outputs');
  await act(settle);
}

describe('the review of a cell', () => {
  it('shows both outputs on demand, and uses the fresh ones', async () => {
    showCell({});
    expect(actions.compare).not.toHaveBeenCalled();
    await open();
    expect(actions.compare).toHaveBeenCalledWith('c7');
    expect(
      [...host.querySelectorAll('figure')].map(one => one.textContent)
    ).toEqual(['On the page1', 'In the fresh kernel2']);
    click('Use these outputs');
    expect(actions.useOutputs).toHaveBeenCalledWith('c7');
  });

  it('draws again when the page shows something else, not else', async () => {
    showCell({});
    await open();
    const cell = { ...CELL };
    show(<CellReview {...shared.review} cell={cell} />);
    await act(settle);
    actions.compare.mockClear();
    show(<CellReview {...shared.review} cell={cell} />);
    await act(settle);
    expect(actions.compare).not.toHaveBeenCalled();
    actions.pageKeyOf.mockReturnValueOnce('other');
    show(<CellReview {...shared.review} cell={cell} />);
    await act(settle);
    expect(actions.compare).toHaveBeenCalledTimes(1);
  });

  it('does not offer what is not whole, or of a cell that did not end', async () => {
    showCell({});
    await open(false);
    expect(labels()).toEqual(['Compare outputs']);
    showCell({ verdict: 'timeout' });
    await act(settle);
    expect(host.querySelectorAll('figure')).toHaveLength(2);
    expect(labels()).toEqual(['Compare outputs']);
  });

  it('says why there is nothing to see', async () => {
    showCell({});
    actions.compare.mockRejectedValue(new Error('Too large.'));
    click('Compare outputs');
    await act(settle);
    expect(text('.jp-Prodready-hint')).toBe('Too large.');
  });

  it('offers to call a cell noisy only where it is', () => {
    showCell({});
    expect(labels()).toEqual(['Compare outputs']);
    showCell({ verdict: 'nondeterministic' });
    click('This cell is noisy');
    expect(actions.markNoisy).toHaveBeenCalledWith('c7');
    actions.isNoisy.mockReturnValueOnce(true);
    showCell({ verdict: 'nondeterministic' });
    expect(labels()).toEqual(['Compare outputs']);
  });

  it('tells what was done, and takes it back', () => {
    actions.noteOf.mockReturnValueOnce({ kind: 'noisy' });
    showCell({});
    expect(text('[role=status]')).toContain('will not be compared');
    click('Undo');
    expect(actions.undo).toHaveBeenCalledWith('c7');
    const problem = { kind: 'cell-edited', message: '[12]', hint: '' } as const;
    actions.noteOf.mockReturnValueOnce({ kind: 'problem', problem });
    showCell({});
    expect(text('[role=alert]')).toContain(
      'Cell [12] was edited since the verification.'
    );
  });

  it('is not there for a cell that shows the same or did not run', () => {
    for (const verdict of ['identical', 'blocked', 'skipped'] as const) {
      showCell({ verdict });
      expect(host.textContent).toBe('');
    }
  });
});
