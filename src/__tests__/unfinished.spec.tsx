import React from 'react';

import { UnfinishedNotice } from '../components/unfinished';
import { ReadinessModel } from '../model';
import type { ICellEdit, IUnfinishedState } from '../tokens';
import { openNotebook, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';
import { actions, click, shared, show, text } from './views';

const EDIT: ICellEdit = {
  action: 'replace',
  cell_id: 'c1',
  index: 1,
  before: 'y = x + 1',
  after: 'from m import f\n\ny = f(x)',
  to: null
};
const BACK = { ...EDIT, before: EDIT.after, after: EDIT.before };
const FOUND = {
  id: 'u1',
  what: 'extraction',
  is_written: false,
  files: ['src/m.py']
};

describe('UnfinishedChange', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;
  const source = () => notebook.model.sharedModel.cells[1].getSource();
  const found = async (unfinished: object | null) => {
    void model.unfinished.look();
    await settle();
    await server.last('POST', 'journal').answer({ unfinished });
  };

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook('x = 1', 'y = x + 1');
    model = new ReadinessModel(notebook.context, server.api, () => false);
    await settle();
  });

  afterEach(() => model.dispose());

  it('tells nothing where nothing was interrupted, or nobody answers', async () => {
    await found(null);
    expect(model.unfinished.state).toBe(null);
    void model.unfinished.look();
    await settle();
    await server.last('POST', 'journal').answer({ message: '', hint: '' }, 403);
    expect(model.unfinished.state).toBe(null);
  });

  it('finishes files and page, and takes both back', async () => {
    await found(FOUND);
    expect(model.unfinished.state).toMatchObject(FOUND);
    void model.unfinished.finish();
    await settle();
    expect(server.last('POST', 'finish').body).toMatchObject({
      id: 'u1',
      path: 'work/n.ipynb'
    });
    const { files } = FOUND;
    await server
      .last('POST', 'finish')
      .answer({ cells: [EDIT], files, stays: '' });
    expect(source()).toBe(EDIT.after);
    expect(model.unfinished.state).toMatchObject({
      phase: 'finished',
      busy: false
    });

    void model.unfinished.undo();
    await settle();
    await server
      .last('POST', 'undo')
      .answer({ cells: [BACK], files, stays: '' });
    expect(source()).toBe(EDIT.before);
    await server.last('POST', 'journal').answer({ unfinished: null });
    expect(model.unfinished.state).toBe(null);
  });

  it('says where the page could not follow', async () => {
    await found(FOUND);
    void model.unfinished.finish();
    await settle();
    notebook.model.sharedModel.cells[1].setSource('mine');
    await server
      .last('POST', 'finish')
      .answer({ cells: [EDIT], files: [], stays: '' });
    expect(source()).toBe('mine');
    expect(model.unfinished.state).toMatchObject({
      phase: 'found',
      busy: false,
      problem: { kind: 'not-finished', message: '[ ]' }
    });
  });

  it('keeps what the server part refuses', async () => {
    await found(FOUND);
    void model.unfinished.undo();
    await settle();
    const words = { message: '`src/m.py` was edited.', hint: 'diff' };
    await server.last('POST', 'undo').answer(words, 409);
    expect(model.unfinished.state).toMatchObject({ problem: words });
    model.unfinished.dismiss();
    expect(model.unfinished.state).toBe(null);
  });

  it('loads the page anew where its own file changed, never over unsaved work', async () => {
    const revert = jest.fn(async () => undefined);
    Object.assign(notebook.context, { revert });
    const files = ['src/m.py', 'work/n.ipynb'];
    await found({ ...FOUND, files });
    notebook.model.dirty = true;
    await model.unfinished.undo();
    expect(server.count('POST', 'undo')).toBe(0);
    expect(model.unfinished.state?.problem?.kind).toBe('unsaved');
    notebook.model.dirty = false;
    void model.unfinished.undo();
    await settle();
    await server.last('POST', 'undo').answer({ cells: [], files, stays: '' });
    expect(revert).toHaveBeenCalledTimes(1);
  });
});

describe('the notice of what was interrupted', () => {
  const state: IUnfinishedState = { ...FOUND, phase: 'found', busy: false };
  const showState = (change: Partial<IUnfinishedState>) =>
    show(<UnfinishedNotice {...shared} state={{ ...state, ...change }} />);

  it.each([
    [{}, 'A change of src/m.py was interrupted half-way.'],
    [{ is_written: true }, 'Code was moved to src/m.py, but this page'],
    [{ phase: 'finished' as const }, 'Finished: src/m.py. Save the notebook']
  ])('says what is the matter: %j', (change, words) => {
    showState(change);
    expect(text('[role=status]')).toContain(words);
  });

  it('offers both ways, and one once it is finished', () => {
    showState({});
    click('Finish');
    click('Undo');
    click('Close');
    expect(actions.finish).toHaveBeenCalledTimes(1);
    expect(actions.undo).toHaveBeenCalledTimes(1);
    expect(actions.dismiss).toHaveBeenCalledTimes(1);
    showState({ phase: 'finished' });
    expect(() => click('Finish')).toThrow();
  });
});
