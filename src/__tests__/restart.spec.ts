import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';

import { ReadinessModel } from '../model';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeView } from './page-view';
import { FakeServer, settle } from './server';

function line(text: string): IOutput {
  return { output_type: 'stream', name: 'stdout', text };
}

describe('restart this kernel and run all', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;
  let view: FakeView;

  const cell = (index: number) =>
    notebook.model.cells.get(index) as ICodeCellModel;
  const texts = () =>
    [0, 1, 2].map(index =>
      cell(index)
        .outputs.toJSON()
        .map(output => output.text)
        .join('')
    );
  const counts = () => [0, 1, 2].map(index => cell(index).executionCount);
  /** As core does it: clears when it sends, and again when it waits for the reply. */
  const send = async () => {
    const { clearExecution, outputs } = cell(view.ran.length - 1);
    clearExecution.call(cell(view.ran.length - 1));
    await Promise.resolve();
    outputs.clear();
    await settle();
  };
  const end = async (ok = true) => {
    cell(view.ran.length - 1).executionCount = view.ran.length;
    await view.end(ok);
  };
  const show = (text: string) =>
    cell(view.ran.length - 1).outputs.add(line(text));

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook('print("a")', 'x = 1', 'print("b")');
    model = new ReadinessModel(notebook.context, server.api, () => false);
    notebook.kernel.isThere('idle');
    notebook.kernel.ran('before', 1);
    ['old a', 'old x', 'old b'].forEach((text, index) => {
      cell(index).outputs.fromJSON([line(text)]);
      cell(index).executionCount = 5 + index;
      cell(index).trusted = true;
    });
    view = new FakeView();
    void model.restart.run(view);
    await settle();
  });

  afterEach(() => model.dispose());

  it('keeps the outputs of before until a cell shows something new', async () => {
    await send();
    expect(texts()).toEqual(['old a', 'old x', 'old b']);
    show('new');
    show(' a');
    await settle();
    expect(texts()).toEqual(['new a', 'old x', 'old b']);
    await end();
    expect(texts()).toEqual(['new a', 'old x', 'old b']);
    await send(); // a cell that shows nothing now
    expect(texts()).toEqual(['new a', 'old x', 'old b']);
    await end();
    expect(texts()).toEqual(['new a', '', 'old b']);
  });

  it('leaves the outputs of cells that it does not reach', async () => {
    await send();
    await end(false);
    expect(view.jump).toHaveBeenCalledWith({ cellId: 'c0', line: 1 });
    expect(texts()).toEqual(['old a', 'old x', 'old b']);
    expect(model.restart.state).toMatchObject({
      phase: 'ended',
      failed: { id: 'c0' },
      previous: 'none'
    });
  });

  const runToFailure = async () => {
    await send();
    show('new a');
    await end();
    await send();
    await end();
    await send();
    show('new b');
    await end(false);
  };

  it('brings the previous outputs back where the code is the same', async () => {
    await runToFailure();
    expect(model.restart.state).toMatchObject({ previous: 'kept' });
    cell(2).sharedModel.setSource('print("c")');
    void model.restart.bringBack();
    await settle();
    await server.last('POST', 'check').answer(reportOf({}));
    expect(texts()).toEqual(['old a', 'old x', 'new b']);
    expect(counts()).toEqual([5, 6, 3]);
    expect(model.restart.state).toMatchObject({ previous: 'back' });
    cell(1).outputs.fromJSON([line('run again')]);
    void model.restart.undoBringBack();
    await settle();
    await server.last('POST', 'check').answer(reportOf({}));
    expect(texts()).toEqual(['new a', 'run again', 'new b']);
    expect(counts()).toEqual([1, 6, 3]);
    expect(model.restart.state).toMatchObject({ previous: 'kept' });
  });

  it('offers nothing where all show what they showed', async () => {
    for (const text of ['old a', 'old x', 'old b']) {
      await send();
      show(text);
      await end();
    }
    expect(model.restart.state).toMatchObject({ done: 3, previous: 'none' });
  });

  it('goes on after a cell that was deleted', async () => {
    notebook.model.sharedModel.deleteCell(1);
    await send();
    await end();
    expect(view.ran).toEqual(['c0', 'c2']);
  });
});

describe('outputs that are not trusted', () => {
  it('neither stay nor come back: the cell is trusted once it runs', async () => {
    const server = new FakeServer();
    const notebook = openNotebook('x');
    const model = new ReadinessModel(notebook.context, server.api, () => false);
    notebook.kernel.isThere('idle');
    notebook.kernel.ran('before', 1);
    const cell = notebook.model.cells.get(0) as ICodeCellModel;
    cell.outputs.fromJSON([line('hostile')]);
    const view = new FakeView();
    void model.restart.run(view);
    await settle();
    cell.clearExecution();
    await settle();
    expect(cell.outputs.toJSON()).toEqual([]);
    await view.end(true);
    expect(model.restart.state).toMatchObject({ previous: 'none' });
    model.dispose();
  });
});
