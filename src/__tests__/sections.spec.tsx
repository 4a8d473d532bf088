import React from 'react';

import { ExtractSheetView } from '../components/extract';
import { SuggestionList } from '../components/suggestions';
import type { ReadinessModel } from '../model';
import { countSections } from '../sections';
import type { IExtraction, ILiveCell, IStep } from '../tokens';
import { openSheet, PREVIEW } from './extractions';
import { settle, type FakeServer } from './server';
import { actions, click, host, shared, show, text } from './views';

function step(heading: string, cell: string): IStep {
  return {
    heading,
    cells: [cell],
    function: heading.toLowerCase(),
    module: `src/m/${heading.toLowerCase()}.py`,
    inputs: [{ name: 'df', annotation: null, reason: '', default: null }],
    outputs: [],
    labels: [],
    notes: []
  };
}

const sheet = { ...shared, hasIdleKernel: false, unfinished: null };
const LOAD = step('Load', 'c0');
const CLEAN = step('Clean', 'c1');
const SPLIT: IExtraction = {
  ...PREVIEW,
  module: 'src/m',
  steps: [LOAD, CLEAN]
};

describe('a page that is split', () => {
  let server: FakeServer;
  let model: ReadinessModel;
  const asked = () => server.last('POST', 'extract');

  beforeEach(async () => {
    ({ server, model } = await openSheet());
    void model.extraction.open([], { split: true });
    await settle();
  });

  afterEach(() => model.dispose());

  it('asks for all cells, and keeps those of a section that is left', async () => {
    expect(asked().body).toMatchObject({ split: true, selection: [] });
    await asked().answer(SPLIT);
    void model.extraction.tickSection(LOAD.module, false);
    await settle();
    expect(asked().body).toMatchObject({ split: true, selection: ['c1'] });
    await asked().answer({ ...SPLIT, steps: [CLEAN] });
    const sections = model.extraction.state?.sections;
    expect(sections?.map(({ heading, moves }) => [heading, moves])).toEqual([
      ['Load', false],
      ['Clean', true]
    ]);
    void model.extraction.tickSection(LOAD.module, true);
    await settle();
    expect(asked().body).toMatchObject({ selection: [] });
  });

  it('is one of cells again when it is opened for some', async () => {
    await asked().answer(SPLIT);
    void model.extraction.open(['c1']);
    await settle();
    expect(asked().body).toMatchObject({ split: false, selection: ['c1'] });
    expect(model.extraction.state?.sections).toBeNull();
  });

  it('shows sections with their functions, and not the fields of one', async () => {
    await asked().answer(SPLIT);
    const { state } = model.extraction;
    show(<ExtractSheetView {...sheet} state={state!} />);
    expect(text('.jp-Prodready-sections')).toContain('Loadload.py');
    expect(text('.jp-Prodready-sections')).toContain('clean(df)');
    expect(text('.jp-mod-where')).toContain('Folder');
    expect(text('.jp-mod-where')).not.toContain('Function');
    host
      .querySelector<HTMLInputElement>('.jp-Prodready-sections input')!
      .click();
    expect(actions.tickSection).toHaveBeenCalledWith(LOAD.module, false);
  });

  it('cannot leave the last section', async () => {
    await asked().answer({ ...SPLIT, steps: [CLEAN] });
    show(<ExtractSheetView {...sheet} state={model.extraction.state!} />);
    expect(
      host.querySelector<HTMLInputElement>('.jp-Prodready-sections input')!
        .disabled
    ).toBe(true);
  });

  it('says how many functions moved, and opens the first of their modules', async () => {
    await asked().answer({ ...SPLIT, status: 'applied' });
    show(<ExtractSheetView {...sheet} state={model.extraction.state!} />);
    expect(host.textContent).toContain(
      'Moved 2 functions to modules in src/m.'
    );
    click('Open');
    expect(actions.openModule).toHaveBeenCalledWith(LOAD.module);
  });
});

describe('the offer to split', () => {
  const cell = (type: string, source: string) =>
    ({ type, source }) as unknown as ILiveCell;
  const page = [
    cell('markdown', '# Title\n\ntext'),
    cell('markdown', '## Load'),
    cell('code', 'x = 1'),
    cell('code', 'x'),
    cell('markdown', '#not a heading'),
    cell('code', 'x'),
    cell('markdown', 'text\n### Clean'),
    cell('code', 'y = x')
  ];

  it('counts headings with code below them', () => {
    expect(countSections(page)).toBe(2);
    expect(countSections([])).toBe(0);
  });

  it.each([
    [1, false],
    [2, true]
  ])('stands where there are several: %s', (sections, stands) => {
    const suggestion = {
      kind: 'cell' as const,
      cells: ['c0'],
      function: 'f',
      module: 'src/m.py',
      text: '',
      labels: [],
      inputs: [],
      outputs: [],
      needs: []
    };
    show(
      <SuggestionList
        {...shared}
        nameOf={() => null}
        found={[suggestion]}
        sections={sections}
      />
    );
    click('Ready to extract (1)');
    expect(host.textContent?.includes('Split at the headings…')).toBe(stands);
    if (stands) {
      click('Split at the headings…');
      expect(actions.split).toHaveBeenCalledTimes(1);
    }
  });
});
