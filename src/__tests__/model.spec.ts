import type { ICodeCellModel } from '@jupyterlab/cells';

import { ReadinessModel } from '../model';
import type { ILive } from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

describe('ReadinessModel', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;
  let isWatched: boolean;

  const sources = (call: number) =>
    (server.calls[call].body as ILive).cells.map(cell => cell.source);
  const runs = (call: number) => (server.calls[call].body as ILive).runs;

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook('x = 1', 'x');
    isWatched = true;
    model = new ReadinessModel(notebook.context, server.api, () => isWatched);
    await settle();
  });

  afterEach(() => model.dispose());

  it('posts the live notebook as the contract has it', () => {
    expect(server.last('POST', 'check').body).toEqual({
      path: 'work/n.ipynb',
      cells: [
        {
          id: 'c0',
          type: 'code',
          source: 'x = 1',
          execution_count: null,
          has_output: false,
          tags: []
        },
        {
          id: 'c1',
          type: 'code',
          source: 'x',
          execution_count: null,
          has_output: false,
          tags: []
        }
      ],
      language: 'python',
      language_version: null,
      kernel_id: null,
      kernel_session: null,
      runs: []
    });
  });

  it('keeps one check in flight and one pending', async () => {
    void model.refresh();
    void model.refresh();
    void model.refresh();
    await settle();
    expect(server.calls).toHaveLength(1);
    await server.calls[0].answer(reportOf({}));
    expect(server.calls).toHaveLength(2);
    await server.calls[1].answer(reportOf({}));
    expect(server.calls).toHaveLength(2);
  });

  it('resolves a refresh when the pending check is answered too', async () => {
    const done = jest.fn();
    void model.refresh().then(done);
    await settle();
    await server.calls[0].answer(reportOf({}));
    expect(done).not.toHaveBeenCalled();
    await server.calls[1].answer(reportOf({}));
    expect(done).toHaveBeenCalled();
    expect(model.report).toEqual(reportOf({ suppressed: [] }));
  });

  it('checks once after several edits, with the latest text', async () => {
    await server.calls[0].answer(reportOf({}));
    const cell = notebook.model.cells.get(1).sharedModel;
    cell.setSource('x + 1');
    cell.setSource('x + 12');
    await settle();
    expect(server.calls).toHaveLength(1);
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(server.calls).toHaveLength(2);
    expect(sources(1)).toEqual(['x = 1', 'x + 12']);
  });

  it('does not ask again where nothing that counts has changed', async () => {
    await server.calls[0].answer(reportOf({}));
    notebook.model.setMetadata('colour', 'green');
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(server.calls).toHaveLength(1);
  });

  it('checks during an endless stream of changes', async () => {
    await server.calls[0].answer(reportOf({}));
    for (let step = 0; step < 12; step++) {
      notebook.model.cells.get(1).sharedModel.setSource(`x + ${step}`);
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(server.calls).toHaveLength(2);
  });

  it('asks nothing while nobody looks, and catches up after', async () => {
    await server.calls[0].answer(reportOf({}));
    isWatched = false;
    notebook.kernel.ran('y = 1', 1);
    await settle();
    expect(server.calls).toHaveLength(1);
    isWatched = true;
    model.wake();
    await settle();
    expect(runs(1).map(run => run.source)).toEqual(['y = 1']);
  });

  it('says that its report is of before a change that nobody checks', async () => {
    expect(model.isOutdated).toBe(false); // it is being checked
    await server.calls[0].answer(reportOf({}));
    isWatched = false;
    const told: boolean[] = [];
    model.changed.connect(() => told.push(model.isOutdated));
    notebook.model.setMetadata('colour', 'green');
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(told).toEqual([false]);
    notebook.kernel.ran('y = 1', 1);
    expect(told).toContain(true);
    const done = model.refresh();
    await settle();
    await server.calls[1].answer(reportOf({}));
    await done;
    expect(model.isOutdated).toBe(false);
  });

  it('names its cells without a look at their outputs', () => {
    const cell = notebook.model.cells.get(0) as ICodeCellModel;
    cell.outputs.add({ output_type: 'stream', name: 'stdout', text: 'much' });
    const look = jest.spyOn(cell.outputs, 'get');
    expect(model.nameOf('c0')?.firstLine).toBe('x = 1');
    expect(look).not.toHaveBeenCalled();
  });

  it('tells a run until the server part answered', async () => {
    await server.calls[0].answer(reportOf({}));
    notebook.kernel.ran('y = 1', 1);
    await settle();
    await server.calls[1].answer({ message: 'No.', hint: '' }, 503);
    void model.refresh();
    await settle();
    await server.calls[2].answer(reportOf({}));
    void model.refresh();
    await settle();
    expect([1, 2, 3].map(call => runs(call).length)).toEqual([1, 1, 0]);
  });

  it('forgets the runs of before a restart', async () => {
    notebook.kernel.ran('y = 1', 1);
    notebook.kernel.status('restarting');
    await server.calls[0].answer(reportOf({}));
    expect(server.calls[1].body).toMatchObject({
      kernel_session: null,
      runs: []
    });
  });

  it('keeps the new session that a restart ends with', async () => {
    notebook.kernel.ran('y = 1', 1);
    notebook.kernel.status('restarting');
    notebook.kernel.ran('z = 1', 1, 'kernel-2');
    notebook.kernel.changed('same', 'same'); // core emits this after a restart
    notebook.kernel.ran('z = 2', 2, 'kernel-2');
    expect(model.runs.session).toBe('kernel-2');
    expect(model.runs.runs.map(run => run.source)).toEqual(['z = 1', 'z = 2']);
    notebook.kernel.changed('same', 'other');
    expect([model.runs.session, model.runs.runs]).toEqual([null, []]);
  });

  it('asks once more where the kernel changed meanwhile, not for ever', async () => {
    const stale = { message: 'The kernel restarted.', hint: 'Ask again.' };
    await server.calls[0].answer(stale, 409);
    expect(server.calls).toHaveLength(2);
    await server.calls[1].answer(stale, 409);
    expect(server.calls).toHaveLength(2);
    expect(model.problem).toMatchObject({ kind: 'refused', ...stale });
  });

  it('has either a report or a problem', async () => {
    await server.calls[0].answer(reportOf({}));
    expect([model.report !== null, model.problem]).toEqual([true, null]);
    void model.refresh();
    await settle();
    await server.calls[1].breakOff();
    expect(model.report).toBe(null);
    expect(model.problem).toMatchObject({ kind: 'unreachable' });
  });

  it.each([
    [404, 'no-server-part'],
    [500, 'http']
  ])('knows an HTTP %d that is not ours', async (status, kind) => {
    await server.calls[0].answer('<html>', status);
    expect(model.problem).toMatchObject({ kind });
  });

  it('refuses an answer of another shape', async () => {
    await server.calls[0].answer({ ...reportOf({}), cells: 'none' });
    expect(model.problem).toMatchObject({
      kind: 'mismatch',
      message: 'check.cells is not a list'
    });
  });

  it('tells whoever shows it that something changed', async () => {
    const changed = jest.fn();
    model.changed.connect(changed);
    await server.calls[0].answer(reportOf({}));
    expect(changed).toHaveBeenCalled();
  });

  it('names a cell by its prompt and first line of code', () => {
    notebook.model.cells.get(0).sharedModel.setSource('# load\n\nx = 1');
    expect(model.nameOf('c0')).toEqual({
      id: 'c0',
      label: '[ ]',
      firstLine: 'x = 1'
    });
    expect(model.nameOf('gone')).toBe(null);
  });

  it('asks again after a run of another client, once', async () => {
    await server.calls[0].answer(reportOf({}));
    notebook.kernel.ran('y = 1', 1);
    notebook.kernel.ran('y = 2', 2);
    await settle();
    for (let call = 1; call < server.calls.length; call++) {
      await server.calls[call].answer(reportOf({}));
    }
    const before = server.calls.length;
    await new Promise(resolve => setTimeout(resolve, 1600));
    expect(server.calls).toHaveLength(before + 1);
    await server.calls[before].answer(reportOf({}));
    await new Promise(resolve => setTimeout(resolve, 1600));
    expect(server.calls).toHaveLength(before + 1);
  });
});
