import { hashOf } from '../hash';
import { ReadinessModel } from '../model';
import type { ICellReport, IVerifyJob, IVerifyRequest } from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

const JOB: IVerifyJob = {
  id: 'v1',
  path: 'work/n.ipynb',
  kind: 'verify',
  state: 'running',
  done: 1,
  total: 2,
  running: 'c1',
  started_at: '2026-11-21T19:30:00Z',
  ended_at: null,
  phase: 'run',
  seconds_left: null,
  unknown_left: 0,
  page: ['df.to_csv("a")', 'df'].map((source, index) => ({
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

const DONE: IVerifyJob = {
  ...JOB,
  state: 'done',
  ended_at: '2026-11-21T19:30:05Z'
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
    await server.tell('v1');
    await server.last('GET', 'verify/v1').answer(job);
  };

  afterEach(() => model.dispose());

  it('starts at once where no cell touches the world', async () => {
    await open([cellReport({ effects: [READS] })]);
    void model.verification.start();
    await settle();
    const body = server.last('POST', 'verify').body as IVerifyRequest;
    expect(body).toMatchObject({
      confirmed: [],
      skip: [],
      until: null,
      only: null
    });
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

  it('asks whether a second kernel fits, and keeps what was to be skipped', async () => {
    await open([cellReport({ effects: [WRITES] })]);
    await model.verification.start();
    void model.verification.skip();
    await settle();
    const message = 'Your kernel uses 21 GB, 9.0 GB are free.';
    await server
      .last('POST', 'verify')
      .answer({ message, hint: '', memory: { used: 21, free: 9 } }, 409);
    expect(model.verification.state).toEqual({ phase: 'short', message });
    void model.verification.confirmMemory();
    await settle();
    expect(server.last('POST', 'verify').body).toMatchObject({
      skip: ['c0'],
      confirmed_memory: true
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

  it('keeps to the part of the page when the server part asks about it', async () => {
    await open([cellReport({ effects: [WRITES] })]);
    void model.verification.start({ only: 'c1' });
    await settle();
    const call = server.last('POST', 'verify');
    expect(call.body).toMatchObject({ only: 'c1', until: null });
    const effects = [{ cell_id: 'c0', cell_index: 0, effects: [WRITES] }];
    await call.answer({ message: 'It would.', hint: '', effects }, 409);
    void model.verification.skip();
    await settle();
    expect(server.last('POST', 'verify').body).toMatchObject({
      only: 'c1',
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
    const seen = server.calls.length;
    await server.tell('v2');
    expect(server.calls).toHaveLength(seen);
    await poll({ ...DONE, done: 2 });
    expect(model.verification.state).toMatchObject({
      phase: 'ended',
      at: new Date('2026-11-21T19:30:05Z'),
      changedSince: []
    });
    await server.tell('v1');
    expect(server.calls).toHaveLength(seen + 1);
    const { sharedModel } = notebook.model;
    sharedModel.cells[1].setSource('df + 1');
    expect(model.verification.state).toMatchObject({
      changedSince: [{ id: 'c1', firstLine: 'df + 1' }]
    });
    sharedModel.cells[1].setSource('df');
    expect(model.verification.state).toMatchObject({ changedSince: [] });
    sharedModel.deleteCell(1);
    expect(model.verification.state).toMatchObject({
      changedSince: [{ id: 'c1', label: '[2]', firstLine: 'df' }]
    });
  });

  it('asks by itself where no event comes', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    await server.last('GET', 'verify/v1').answer(JOB);
    await new Promise(resolve => setTimeout(resolve, 2100));
    await server.last('GET', 'verify/v1').answer(DONE);
    expect(phase()).toBe('ended');
  });

  it('misses nothing that is told while it asks', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    const first = server.last('GET', 'verify/v1');
    await server.tell('v1');
    await first.answer(JOB);
    await server.last('GET', 'verify/v1').answer(DONE);
    expect(phase()).toBe('ended');
  });

  describe('when the page is opened again', () => {
    const listed = (changes: Partial<IVerifyJob>) => ({ ...JOB, ...changes });
    const resume = async (...jobs: IVerifyJob[]) => {
      await open([]);
      void model.verification.resume();
      await settle();
      await server.last('GET', 'verify').answer({ jobs });
    };

    it('follows the newest job of this notebook', async () => {
      await resume(
        listed({ id: 'v1', state: 'done' }),
        listed({ id: 'v2' }),
        listed({ id: 'v3', state: 'cancelled' }),
        listed({ id: 'v4', path: 'work/m.ipynb' })
      );
      await server.last('GET', 'verify/v2').answer({ ...JOB, id: 'v2' });
      expect(phase()).toBe('running');
      await server.tell('v2');
      await server.last('GET', 'verify/v2').answer({ ...DONE, id: 'v2' });
      expect(phase()).toBe('ended');
    });

    it('shows the result, and what was edited since', async () => {
      await resume(DONE);
      notebook.model.sharedModel.cells[0].setSource('df.to_csv("b")');
      await server.last('GET', 'verify/v1').answer(DONE);
      expect(model.verification.state).toMatchObject({
        phase: 'ended',
        changedSince: [{ id: 'c0' }]
      });
      model.verification.dismiss();
      await settle();
      await server.last('DELETE', 'verify/v1').answer(null, 204);
      expect(phase()).toBe('idle');
    });

    it('says nothing where there was none', async () => {
      await resume(listed({ path: 'work/m.ipynb' }));
      expect(phase()).toBe('idle');
      void model.verification.resume();
      await settle();
      await server.last('GET', 'verify').answer({ message: '', hint: '' }, 500);
      expect(phase()).toBe('idle');
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

  it('keeps a verdict when only the search for a repair is ended', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    const report = {
      path: 'n.ipynb',
      verdict: 'fails',
      seconds: 1,
      message: '',
      cells: [],
      cause: null,
      repairs: [],
      state: [],
      repairs_skipped: '',
      state_skipped: ''
    };
    await server
      .last('GET', 'verify/v1')
      .answer({ ...JOB, phase: 'repair', report });
    expect(phase()).toBe('running');
    void model.verification.cancel();
    await settle();
    await server.last('DELETE', 'verify/v1').answer(null, 204);
    expect(model.verification.state).toMatchObject({
      phase: 'ended',
      job: { state: 'done', report: { verdict: 'fails' } }
    });
  });

  it('survives a poll that is not answered', async () => {
    await open([]);
    void model.verification.start();
    await settle();
    await server.last('POST', 'verify').answer({ id: 'v1' }, 202);
    await server.last('GET', 'verify/v1').breakOff();
    await poll(DONE);
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
