import { Signal } from '@lumino/signaling';
import { Widget } from '@lumino/widgets';

import { StatusItem } from '../marks';
import type { ReadinessTracker } from '../tracker';
import { reportOf } from './notebook';
import { settle } from './server';
import { trans } from './views';

describe('the verdict in the status bar', () => {
  const tracker = {
    hasMarks: true,
    current: { report: reportOf({}), isOutdated: false }
  };
  const changed = new Signal<object, void>(tracker);
  const enter = jest.fn();
  let item: StatusItem;

  beforeEach(() => {
    Object.assign(tracker, { changed, hasMarks: true });
    item = new StatusItem(tracker as unknown as ReadinessTracker, trans, enter);
    Widget.attach(item, document.body);
  });

  afterEach(() => item.dispose());

  const shown = async (isOutdated: boolean) => {
    tracker.current.isOutdated = isOutdated;
    item.update();
    await settle();
    await item.renderPromise;
    const button = item.node.querySelector('button');
    return [button?.textContent, button?.dataset.state, button?.title];
  };

  it('is that of the last check, and says where it is of before a change', async () => {
    const words = 'So far, so good';
    expect(await shown(false)).toEqual(['In order', 'in-order', words]);
    expect(await shown(true)).toEqual([
      'Changed since the check',
      'unknown',
      `Before the last change: ${words}`
    ]);
  });

  it('is not there where the settings want no marks', () => {
    expect(item.isActive).toBe(true);
    tracker.hasMarks = false;
    expect(item.isActive).toBe(false);
  });
});
