import React, { act } from 'react';

import { ExtractSheetView } from '../components/extract';
import {
  EMPTY_SHEET,
  type IExtractState,
  type IOptionalLines,
  type ISection
} from '../tokens';
import { PREVIEW } from './extractions';
import { actions, host, shared as others, show, text } from './views';

const shared = { ...others, unfinished: null, hasIdleKernel: true };
const DIFF = [
  '--- /dev/null',
  '+++ b/src/m.py',
  '@@ -0,0 +1,3 @@',
  '+def f(x: int):',
  '+    """Sums."""',
  '+    return x',
  '--- a/n.ipynb',
  '+++ b/n.ipynb',
  '@@ -1,2 +1,4 @@',
  '+%load_ext autoreload',
  '+%autoreload 2',
  ' # %%',
  '@@ -9 +11 @@',
  '-y = x',
  '+y = f(x)',
  ''
].join('\n');
const lines = (
  option: string,
  first: number,
  last = first,
  module: string | null = null
): IOptionalLines => ({ option, module, first, last });

describe('the ticks of the preview', () => {
  const draw = (
    optional: readonly IOptionalLines[],
    change: Partial<IExtractState> = {}
  ) => {
    const extraction = { ...PREVIEW, diff: DIFF, optional };
    const state = { ...EMPTY_SHEET, isCurrent: true, extraction, ...change };
    show(<ExtractSheetView {...shared} state={state} />);
  };
  const hunks = () =>
    [...host.querySelectorAll('.jp-Prodready-diff .jp-mod-hunk')].map(
      one => one.textContent
    );
  const box = (title: string) =>
    host.querySelector<HTMLInputElement>(`input[aria-label="${title}"]`)!;
  const marked = () =>
    [...host.querySelectorAll('.jp-mod-optional')].map(one => one.textContent);

  it('stand at the hunk of what they leave out, and at no other', () => {
    draw([
      lines('annotations', 4),
      lines('docstring', 5),
      lines('autoreload', 10, 11)
    ]);
    expect(hunks()).toEqual([
      '@@ -0,0 +1,3 @@TypesDocstring\n',
      '@@ -1,2 +1,4 @@Autoreload\n',
      '@@ -9 +11 @@\n'
    ]);
    expect(marked()).toEqual([
      '+def f(x: int):\n',
      '+    """Sums."""\n',
      '+%load_ext autoreload\n',
      '+%autoreload 2\n'
    ]);
  });

  it('are the ticks of the options: same state, same effect', () => {
    const optional = [lines('docstring', 5)];
    draw(optional);
    const tick = box('Write these lines: Docstring');
    expect(tick.checked).toBe(true);
    act(() => tick.click());
    expect(actions.tick).toHaveBeenCalledWith({ docstring: false });
    const options = { ...EMPTY_SHEET.options, docstring: false };
    draw(optional, { options, busy: true });
    expect(box('Write these lines: Docstring').checked).toBe(false);
    expect(box('Write these lines: Docstring').disabled).toBe(true);
  });

  it('leave a test out with all of its file', () => {
    const options = { ...EMPTY_SHEET.options, test: true };
    draw([lines('test', 1, 6)], { options });
    act(() => box('Write these lines: Test').click());
    expect(actions.tick).toHaveBeenCalledWith({ test: false });
    expect(marked()).toHaveLength(3);
  });

  it('leave a section in the notebook, but for the last one', () => {
    const section = (heading: string, moves: boolean): ISection => ({
      heading,
      module: `src/${heading}.py`,
      functions: [],
      moves
    });
    const optional = [lines('section', 1, 6, 'src/Load.py')];
    const sections = [section('Load', true), section('Clean', true)];
    draw(optional, { sections });
    expect(hunks()[0]).toContain('Load');
    act(() => box('Move this section: Load').click());
    expect(actions.tickSection).toHaveBeenCalledWith('src/Load.py', false);
    draw(optional, { sections: [sections[0], section('Clean', false)] });
    expect(box('Move this section: Load').disabled).toBe(true);
  });

  it('are none for what this panel does not know', () => {
    draw([lines('licence', 4), lines('section', 1, 6, 'src/other.py')]);
    expect(text('.jp-Prodready-diff')).toBe(DIFF);
  });
});
