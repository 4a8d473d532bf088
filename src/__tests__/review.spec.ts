import type { ISharedCodeCell } from '@jupyter/ydoc';
import type { ICodeCellModel } from '@jupyterlab/cells';

import { hashOf } from '../hash';
import { ReadinessModel } from '../model';
import type { IVerifyJob } from '../tokens';
import { openNotebook, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

const SOURCES = ['x = 1', 'x'];
const JOB: IVerifyJob = {
  id: 'v1',
  path: 'work/n.ipynb',
  kind: 'verify',
  state: 'done',
  done: 2,
  total: 2,
  started_at: '2026-11-21T19:30:00Z',
  ended_at: '2026-11-21T19:30:05Z',
  phase: 'run',
  seconds_left: null,
  unknown_left: 0,
  running: null,
  page: SOURCES.map((source, index) => ({
    cell_id: `c${index}`,
    hash: hashOf(source),
    execution_count: index + 1,
    first_line: source
  })),
  cells: [],
  report: null,
  extraction: null,
  install: null,
  error: null
};

function result(value: string, count: number) {
  return {
    output_type: 'execute_result',
    execution_count: count,
    data: { 'text/plain': value },
    metadata: {}
  };
}

describe('the review of a result', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const cell = () => notebook.model.sharedModel.cells[1] as ISharedCodeCell;
  /** In the file, which must be what is drawn. */
  const shown = () => {
    const drawn = notebook.model.cells.get(1) as ICodeCellModel;
    expect(drawn.outputs.toJSON()).toEqual(cell().getOutputs());
    return cell().getOutputs();
  };
  const answer = (body: object, status = 200) =>
    server.last('GET', 'verify/v1/outputs/c1').answer(body, status);
  const old = { output_type: 'stream', name: 'stdout', text: 'old\n' };
  const line = { output_type: 'stream', name: 'stdout', text: 'fresh\n' };
  const fresh = {
    cell_id: 'c1',
    outputs: [line, result('2', 1)],
    whole: true
  };
  const use = async () => {
    const used = model.review.useOutputs('c1');
    await settle();
    await answer(fresh);
    await used;
  };

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook(...SOURCES);
    const drawn = notebook.model.cells.get(1) as ICodeCellModel;
    drawn.outputs.fromJSON([old, result('1', 7)]);
    cell().execution_count = 7;
    model = new ReadinessModel(notebook.context, server.api, () => false);
    void model.verification.resume();
    await settle();
    await server.last('GET', 'verify').answer({ jobs: [JOB] });
    await server.last('GET', 'verify/v1').answer(JOB);
  });

  afterEach(() => model.dispose());

  it('shows the outputs here and there', async () => {
    const comparison = model.review.compare('c1');
    await settle();
    await answer({ ...fresh, whole: false });
    expect(await comparison).toEqual({
      page: [old, result('1', 7)],
      fresh: [line, result('2', 1)],
      isWhole: false
    });
  });

  it('asks once for the fresh outputs, again where it got none', async () => {
    const first = model.review.compare('c1').catch(() => null);
    await settle();
    await answer({ message: 'Busy.', hint: '' }, 503);
    await first;
    const second = model.review.compare('c1');
    await settle();
    await answer(fresh);
    await second;
    const seen = server.calls.length;
    const key = model.review.pageKeyOf('c1');
    const drawn = notebook.model.cells.get(1) as ICodeCellModel;
    drawn.outputs.fromJSON([]);
    expect(model.review.pageKeyOf('c1')).not.toBe(key);
    expect((await model.review.compare('c1')).page).toEqual([]);
    expect(server.calls).toHaveLength(seen);
  });

  it('puts the fresh outputs on the page, and back', async () => {
    await use();
    expect(shown()).toEqual([line, result('2', 7)]);
    expect(model.review.isNoisy('c1')).toBe(false);
    expect(model.review.noteOf('c1')).toEqual({ kind: 'used' });
    model.review.undo('c1');
    expect(shown()).toEqual([old, result('1', 7)]);
    expect(model.review.noteOf('c1')).toBe(null);
  });

  it('leaves a cell alone that was edited since', async () => {
    cell().setSource('x + 1');
    await use();
    expect(shown()).toEqual([old, result('1', 7)]);
    expect(model.review.noteOf('c1')).toEqual({
      kind: 'problem',
      problem: { kind: 'cell-edited', message: '[7]', hint: '' }
    });
    model.review.undo('c1');
    expect(model.review.noteOf('c1')).toBe(null);
  });

  it('takes nothing back once the cell ran again', async () => {
    await use();
    const drawn = notebook.model.cells.get(1) as ICodeCellModel;
    drawn.outputs.fromJSON([result('3', 8)]);
    expect(model.review.noteOf('c1')).toBe(null);
    model.review.undo('c1');
    expect(shown()).toEqual([result('3', 8)]);
  });

  it('says why the outputs are not there', async () => {
    const used = model.review.useOutputs('c1');
    await settle();
    await answer({ message: 'Too large.', hint: 'Run it.' }, 413);
    await used;
    expect(model.review.noteOf('c1')).toMatchObject({
      kind: 'problem',
      problem: { kind: 'refused', message: 'Too large.', hint: 'Run it.' }
    });
  });

  it('writes nothing to a read-only page', async () => {
    notebook.model.readOnly = true;
    await model.review.markNoisy('c1');
    expect(model.review.isNoisy('c1')).toBe(false);
    expect(model.review.noteOf('c1')).toMatchObject({
      problem: { kind: 'read-only' }
    });
  });

  it.each([[undefined], [['parameters']]])(
    'tags a cell with the tags %j as noisy, and back',
    async tags => {
      if (tags) {
        cell().setMetadata('tags', tags);
      }
      await model.review.markNoisy('c1');
      expect(cell().getMetadata('tags')).toEqual([
        ...(tags ?? []),
        'prodready-noisy'
      ]);
      expect(model.review.noteOf('c1')).toEqual({ kind: 'noisy' });
      model.review.undo('c1');
      expect(cell().getMetadata('tags')).toEqual(tags);
      expect(model.review.noteOf('c1')).toBe(null);
    }
  );
});
