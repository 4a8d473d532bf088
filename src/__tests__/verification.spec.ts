import { ReadinessModel } from '../model';
import type { ICellReport, IVerifyJob, IVerifyRequest } from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

const JOB: IVerifyJob = {
  id: 'v1',
  path: 'work/n.ipynb',
  state: 'running',
  done: 1,
  total: 2,
  running: 'c1',
  cells: [],
  report: null,
  error: null
};

function cellReport(changes: Partial<ICellReport>): ICellReport {
  return {
    id: 'c0',
    index: 0,
    execution_count: null,
    state: 'reproducible',
    certain: true,
    inputs: 'fresh',
    now: 'ok',
    restart: 'ok',
    first_line: '',
    effects: [],
    ...changes
  };
}

const WRITES = { kind: 'writes-file', line: 1, detail: 'to_csv' } as const;
const READS = { kind: 'reads-file', line: 1, detail: 'read_csv' } as const;

describe('Verification', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const open = async (cells: ICellReport[]) => {
    server = new FakeServer();
    notebook = openNotebook('df.to_csv("a")', 'df');
    model = new ReadinessModel(notebook.context, server.api, () => true);
    await settle();
    await server.last('POST', 'check').answer(reportOf({ cells }));
  };
  const phase = () => model.verification.state.phase;
  const poll = async (job: IVerifyJob) => {
    await new Promise(resolve => setTimeout(resolve, 320));
    await server.last('GET', 'verify/v1').answer(job);
  };

  afterEach(() => model.dispose());

  it('starts at once where no cell touches the world', async () => {
    await open([cellReport({ effects: [READS] })]);
    void model.verification.start();
    await settle();
    const body = server.last('POST', 'verify').body as IVerifyRequest;
    expect(body).toMatchObject({ confirmed: [], skip: [], until: null });
    expect(body.notebook).toEqual(notebook.model.sharedModel.toJSON());
    expect(phase()).toBe('running');
  });

  it('asks first where one does, and sends what was agreed', async () => {
    await open([cellReport({ effects: [WRITES, READS] })]);
    await model.verification.start();
    expect(model.verification.state).toEqual({
      phase: 'asking',
      cells: [
        {
          id: 'c0',
          label: '[ ]',
          firstLine: 'df.to_csv("a")',
          kinds: ['writes-file'],
          detail: 'to_csv'
        }
      ]
    });
    void model.verification.confirm();
    await settle();
    expect(server.last('POST', 'verify').body).toMatchObject({
      confirmed: ['c0'],
      skip: []
    });
  });

  it('asks once for the same cells, again for others', async () => {
    await open([cellReport({ effects: [WRITES] })]);
    await model.verification.start();
    void model.verification.confirm();
    await settle();
    await server
      .last('POST', 'verify')
      .answer({ message: 'No', hint: '' }, 503);
    expect(phase()).toBe('failed');
    void model.verification.start();
    await settle();
    expect(phase()).toBe('running');
    await server
      .last('POST', 'verify')
      .answer({ message: 'No', hint: '' }, 503);
    void model.refresh();
    await settle();
    const more = [
      cellReport({ effects: [WRITES] }),
      cellReport({ id: 'c1', index: 1, effects: [WRITES] })
    ];
    await server.last('POST', 'check').answer(reportOf({ cells: more }));
    await model.verification.start();
    expect(model.verification.state).toMatchObject({
      phase: 'asking',
      cells: [{ id: 'c1' }]
    });
  });

  it('leaves out the cells that are to be skipped', async () => {
    await open([cellReport({ effects: [WRITES] })]);
    await model.verification.start();
    void model.verification.skip();
    await settle();
    expect(server.last('POST', 'verify').body).toMatchObject({
      confirmed: [],
      skip: ['c0']
    });
  });

  it('asks where the server part asks', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    const effects = [{ cell_id: 'c1', cell_index: 1, effects: [WRITES] }];
    const refusal = { message: 'These would.', hint: 'Confirm.', effects };
    await server.last('POST', 'verify').answer(refusal, 409);
    expect(model.verification.state).toMatchObject({
      phase: 'asking',
      cells: [{ id: 'c1', detail: 'to_csv' }]
    });
  });

  it('follows the job to its end and tells what was edited since', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    await server.last('GET', 'verify/v1').answer(JOB);
    expect(model.verification.state).toMatchObject({
      phase: 'running',
      job: JOB
    });
    await poll({ ...JOB, state: 'done', done: 2 });
    expect(model.verification.state).toMatchObject({
      phase: 'ended',
      changedSince: []
    });
    const { sharedModel } = notebook.model;
    sharedModel.cells[1].setSource('df + 1');
    expect(model.verification.state).toMatchObject({
      changedSince: [{ id: 'c1', firstLine: 'df + 1' }]
    });
    sharedModel.cells[1].setSource('df');
    expect(model.verification.state).toMatchObject({ changedSince: [] });
    sharedModel.deleteCell(1);
    expect(model.verification.state).toMatchObject({
      changedSince: [{ id: 'c1', firstLine: 'df' }]
    });
  });

  it('ends the job on the server when cancelled', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    await server.last('GET', 'verify/v1').answer(JOB);
    void model.verification.cancel();
    await settle();
    expect(model.verification.state).toMatchObject({ cancelling: true });
    await server.last('DELETE', 'verify/v1').answer(null, 204);
    expect(model.verification.state).toMatchObject({
      phase: 'ended',
      job: { state: 'cancelled' }
    });
    await new Promise(resolve => setTimeout(resolve, 320));
    server.last('DELETE', 'verify/v1'); // no poll after
  });

  it('survives a poll that is not answered', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    await server.last('GET', 'verify/v1').breakOff();
    await poll({ ...JOB, state: 'done' });
    expect(phase()).toBe('ended');
  });

  it('shows why it could not start', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    const words = { message: 'No kernel named `r`.', hint: 'Install it.' };
    await server.last('POST', 'verify').answer(words, 404);
    expect(model.verification.state).toMatchObject({
      phase: 'failed',
      problem: words
    });
  });
});
