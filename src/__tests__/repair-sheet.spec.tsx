import React from 'react';

import { Repairs } from '../components/repairs';
import type { IRepair, RepairState } from '../tokens';
import { actions, click, host, shared, show, text } from './views';

const [MOVE, DONE] = ['Move `[5]` above [2]', 'Move `x`'];
const REPAIR: IRepair = {
  title: MOVE,
  proven: true,
  verdict: 'reproduces',
  diff: '-a\n+b',
  id: 'r1',
  cells: [],
  outputs: []
};
const BADGE = 'proven in a fresh kernel';

function showRepairs(
  repairs: IRepair[],
  state: RepairState | null = null,
  canApply = true
): void {
  const { repair } = shared;
  const props = { ...repair, repairs, state, canApply };
  show(<Repairs {...props} />);
}

const applyButton = () =>
  [...host.querySelectorAll('button')].find(
    button => button.textContent === 'Apply'
  );

describe('the repairs of a result', () => {
  it('show their change on demand and are applied', () => {
    showRepairs([REPAIR]);
    expect(text('p')).toBe(`Move [5] above [2] ${BADGE}`);
    expect(host.querySelector('pre')).toBe(null);
    click('Show the change');
    expect(text('pre')).toBe('-a\n+b\n');
    click('Apply');
    expect(actions.applyRepair).toHaveBeenCalledWith('r1');
  });

  it('are called proven only where they are', () => {
    showRepairs([{ ...REPAIR, proven: false }]);
    expect(host.textContent).not.toContain(BADGE);
  });

  it('cannot be applied where the page is another', () => {
    showRepairs([REPAIR], null, false);
    expect(applyButton()?.disabled).toBe(true);
    expect(text('.jp-Prodready-repair .jp-Prodready-hint')).toBe(
      'The notebook changed since the verification.'
    );
    showRepairs([REPAIR]);
    expect(host.querySelector('.jp-Prodready-hint')).toBe(null);
  });

  it('tell what was done and take it back', () => {
    showRepairs([REPAIR], { id: 'r1', title: DONE, phase: 'applied' });
    expect(applyButton()).toBe(undefined);
    expect(text('[role=status]')).toBe('Done: Move x Undo');
    click('Undo');
    expect(actions.undo).toHaveBeenCalledTimes(1);
  });

  it('tell why nothing was done', () => {
    const problem = { kind: 'page-edited', message: '', hint: '' } as const;
    showRepairs([REPAIR], { id: 'r1', phase: 'failed', problem });
    expect(text('[role=alert]')).toContain('Verify again.');
    click('Close');
    expect(actions.close).toHaveBeenCalledTimes(1);
  });
});
