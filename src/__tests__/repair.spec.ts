import type { ICodeCellModel } from '@jupyterlab/cells';

import { hashOf } from '../hash';
import { ReadinessModel } from '../model';
import type { ICellEdit, IVerifyJob } from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

const SOURCES = ['print(x)', 'x = 1'];
const MOVE: ICellEdit = {
  action: 'move',
  cell_id: 'c1',
  index: 1,
  before: 'x = 1',
  after: 'x = 1',
  to: 0
};
const RENAME: ICellEdit = {
  action: 'replace',
  cell_id: 'c0',
  index: 0,
  before: 'print(x)',
  after: 'print(y)',
  to: null
};

function repairOf(id: string, ...cells: ICellEdit[]) {
  return {
    id,
    title: id,
    proven: true,
    verdict: 'reproduces',
    diff: '',
    cells,
    outputs: []
  } as const;
}

function jobOf(id: string): IVerifyJob {
  return {
    id,
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
      execution_count: null,
      first_line: source
    })),
    cells: [],
    report: {
      path: 'work/n.ipynb',
      verdict: 'fails',
      seconds: 1,
      message: '',
      cells: SOURCES.map((_, index) => ({
        id: `c${index}`,
        index,
        verdict: 'error',
        detail: '',
        seconds: 0
      })),
      cause: null,
      repairs: [
        repairOf('move', MOVE),
        repairOf('rename', RENAME),
        { ...repairOf('show', MOVE), outputs: ['c0'] }
      ],
      state: [],
      repairs_skipped: '',
      state_skipped: ''
    },
    extraction: null,
    install: null,
    error: null
  };
}

describe('a repair of the result', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const sources = () =>
    notebook.model.sharedModel.cells.map(cell => cell.getSource());
  const resume = async (job: IVerifyJob) => {
    void model.verification.resume();
    await settle();
    await server.last('GET', 'verify').answer({ jobs: [job] });
    await server.last('GET', `verify/${job.id}`).answer(job);
  };
  const apply = async (id: string) => {
    void model.repair.apply(id);
    await settle();
  };

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook(...SOURCES);
    model = new ReadinessModel(notebook.context, server.api, () => false);
    await resume(jobOf('v1'));
  });

  afterEach(() => model.dispose());

  it('is applied, checked, and taken back', async () => {
    expect(model.repair.canApply).toBe(true);
    await apply('move');
    expect(sources()).toEqual(['x = 1', 'print(x)']);
    const [id] = ['move'];
    expect(model.repair.state).toEqual({ id, title: id, phase: 'applied' });
    expect(model.repair.canApply).toBe(false);
    await server.last('POST', 'check').answer(reportOf({}));
    void model.repair.undo();
    await settle();
    expect(sources()).toEqual(SOURCES);
    expect(model.repair.state).toBe(null);
    expect(model.repair.canApply).toBe(true);
  });

  it.each([
    ['edited', () => notebook.model.sharedModel.cells[1].setSource('x = 2')],
    [
      'shifted by a text',
      () =>
        notebook.model.sharedModel.insertCell(0, {
          cell_type: 'markdown',
          source: '# Title'
        })
    ],
    ['made read-only', () => (notebook.model.readOnly = true)]
  ])('is not applied to a page that was %s', async (_, change) => {
    change();
    const before = sources();
    expect(model.repair.canApply).toBe(false);
    await apply('move');
    expect(sources()).toEqual(before);
    expect(model.repair.state).toMatchObject({
      phase: 'failed',
      problem: { kind: 'page-edited' }
    });
  });

  const line = (text: string) => ({
    output_type: 'stream',
    name: 'stdout',
    text
  });
  const shown = () => {
    const cells = [...notebook.model.cells] as ICodeCellModel[];
    return cells.map(cell => cell.outputs.toJSON());
  };
  const answer = (whole: boolean) => {
    const outputs = [line('1')];
    const body = { cell_id: 'c0', outputs, whole };
    return server.last('GET', 'verify/v1/repaired/c0').answer(body);
  };

  it('gives cells the outputs of the run that proved it, and theirs back', async () => {
    (notebook.model.cells.get(0) as ICodeCellModel).outputs.add(line('old'));
    await apply('show');
    await answer(true);
    expect(sources()).toEqual(['x = 1', 'print(x)']);
    expect(shown()).toEqual([[], [line('1')]]);
    expect(model.repair.state?.phase).toBe('applied');
    await server.last('POST', 'check').answer(reportOf({}));
    void model.repair.undo();
    await settle();
    expect(sources()).toEqual(SOURCES);
    expect(shown()).toEqual([[line('old')], []]);
  });

  it('changes nothing where the page could not show the outputs', async () => {
    await apply('show');
    await answer(false);
    expect(sources()).toEqual(SOURCES);
    expect(model.repair.state).toMatchObject({
      problem: { kind: 'outputs-cut', message: '[ ]' }
    });
  });

  it('looks at the page again once it has the outputs', async () => {
    await apply('show');
    notebook.model.sharedModel.cells[1].setSource('x = 2');
    await answer(true);
    expect(sources()).toEqual(['print(x)', 'x = 2']);
    expect(model.repair.state).toMatchObject({
      problem: { kind: 'page-edited' }
    });
  });

  it('leaves a locked cell alone', async () => {
    notebook.model.cells.get(0).setMetadata('editable', false);
    await apply('rename');
    expect(sources()).toEqual(SOURCES);
    expect(model.repair.state).toMatchObject({
      problem: { kind: 'cell-locked', message: '[ ]' }
    });
  });

  it('says when it cannot be taken back, and is silent once it was edited', async () => {
    await apply('rename');
    notebook.model.sharedModel.cells[0].setSource('print(z)');
    expect(model.repair.state).toBe(null);
    await model.repair.undo();
    expect(sources()).toEqual(['print(z)', 'x = 1']);
    expect(model.repair.state).toMatchObject({
      problem: { kind: 'cannot-undo', message: '[ ]' }
    });
  });

  it('is forgotten with its result', async () => {
    await apply('rename');
    model.verification.dismiss();
    await settle();
    await resume(jobOf('v2'));
    expect(model.repair.state).toBe(null);
  });
});
