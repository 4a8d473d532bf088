import React from 'react';

import { SuggestionList } from '../components/suggestions';
import { liveCells } from '../live';
import { Suggestions } from '../suggestions';
import type { ILive, ISuggestion } from '../tokens';
import { openNotebook, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';
import { actions, click, host, shared, show, text } from './views';

const CELL: ISuggestion = {
  kind: 'cell',
  cells: ['c0'],
  function: 'clean_prices',
  module: 'work/src/sales/n.py',
  text: 'Takes `raw`, gives `prices`.',
  labels: ['pure'],
  inputs: ['raw'],
  outputs: ['prices'],
  needs: ['pd']
};
const TWINS: ISuggestion = {
  ...CELL,
  kind: 'same-code',
  cells: ['c0', 'c1'],
  function: 'fit',
  labels: ['mutates model'],
  needs: []
};

describe('Suggestions', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let suggestions: Suggestions;
  let isShown: boolean;

  const asked = () => server.count('POST', 'suggest');
  const edit = (source: string) =>
    notebook.model.cells.get(0).sharedModel.setSource(source);
  const wake = async () => {
    suggestions.wake();
    await settle();
    await settle();
  };

  beforeEach(() => {
    server = new FakeServer();
    notebook = openNotebook('x = 1', 'y = 2');
    isShown = true;
    const cells = () => liveCells(notebook.model);
    const live = (): ILive => ({
      path: 'n.ipynb',
      cells: cells(),
      language: 'python',
      language_version: null,
      kernel_id: null,
      kernel_session: null,
      runs: []
    });
    const owner = { api: server.api, cells, live };
    suggestions = new Suggestions(owner, () => isShown, 0);
  });

  afterEach(() => suggestions.dispose());

  it('asks once for a page, and again when it was edited', async () => {
    suggestions.wake();
    await wake();
    expect(asked()).toBe(1);
    await server.calls[0].answer({ suggestions: [CELL] });
    expect(suggestions.found).toEqual([CELL]);
    await wake();
    expect(asked()).toBe(1);
    edit('x = 3');
    await wake();
    expect(asked()).toBe(2);
  });

  it('does not ask while nobody looks', async () => {
    isShown = false;
    await wake();
    expect(asked()).toBe(0);
    isShown = true;
    await wake();
    expect(asked()).toBe(1);
  });

  it('hides what is of cells that were edited, until it is told anew', async () => {
    await wake();
    await server.calls[0].answer({
      suggestions: [CELL, { ...CELL, cells: ['c1'] }]
    });
    edit('x = 3');
    expect(suggestions.found.map(one => one.cells)).toEqual([['c1']]);
  });

  it('asks once more where the page was edited meanwhile', async () => {
    await wake();
    edit('x = 3');
    await wake();
    expect(asked()).toBe(1);
    await server.calls[0].answer({ suggestions: [CELL] });
    expect(suggestions.found).toEqual([]);
    await settle();
    expect(asked()).toBe(2);
  });

  it('has none where the server refuses, and does not ask again', async () => {
    await wake();
    await server.calls[0].answer({ message: 'No files.', hint: 'x' }, 400);
    await wake();
    expect(suggestions.found).toEqual([]);
    expect(asked()).toBe(1);
  });
});

describe('SuggestionList', () => {
  const props = { ...shared, found: [], sections: 0 };
  const nameOf = (id: string) => ({ id, label: `[${id}]`, firstLine: 'x = 1' });

  it('is not there without any', () => {
    show(<SuggestionList {...props} />);
    expect(host.textContent).toBe('');
    expect(host.querySelector('section')).toBeNull();
  });

  it('names function, cell and what it needs, and opens the sheet', () => {
    show(<SuggestionList {...props} nameOf={nameOf} found={[CELL]} />);
    expect(host.querySelector('li')).toBeNull();
    click('Ready to extract (1)');
    expect(text('li')).toContain('clean_prices()');
    expect(text('li .jp-Prodready-hint')).toBe('pure - needs pd');
    click('[c0]x = 1');
    expect(actions.jump).toHaveBeenCalledWith({ cellId: 'c0', line: 1 });
    click('Extract…');
    expect(actions.extract).toHaveBeenCalledWith(CELL);
  });

  it('says what kind it is, and not every cell of many', () => {
    const cells = ['a', 'b', 'c', 'd', 'e'];
    const found: ISuggestion[] = [
      { ...TWINS, cells },
      { ...CELL, kind: 'definitions', labels: [], needs: [] },
      { ...CELL, kind: 'section', cells: ['c1'] }
    ];
    show(<SuggestionList {...props} nameOf={nameOf} found={found} />);
    click('Ready to extract (3)');
    const rows = [...host.querySelectorAll('li')].map(row => row.textContent);
    expect(rows[0]).toContain('and 2 more cells');
    expect(rows[0]).toContain('same code, other names - mutates model');
    expect(rows[1]).toMatch(/^clean_prices\[c0\].*only definitions/);
    expect(rows[2]).toContain('a module: work/src/sales/n.py - pure');
  });
});
