import type { ReadinessModel } from '../model';
import type { ICellEdit, IExtraction, IVerifyJob } from '../tokens';
import { APPLIED, EDITS, PREVIEW, openSheet } from './extractions';
import { reportOf, type IOpenNotebook } from './notebook';
import { settle, type FakeServer } from './server';

describe('ExtractSheet with a proof', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const cell = () => notebook.model.sharedModel.cells[1];

  beforeEach(async () => {
    ({ server, notebook, model } = await openSheet());
  });

  afterEach(() => model.dispose());

  const job = (changes: Partial<IVerifyJob>): IVerifyJob => ({
    id: 'v7',
    path: 'work/n.ipynb',
    kind: 'proof',
    state: 'running',
    done: 1,
    total: 4,
    running: 'c1',
    started_at: '2026-11-22T01:30:00Z',
    ended_at: null,
    phase: 'run',
    seconds_left: null,
    unknown_left: 0,
    page: [],
    cells: [],
    report: null,
    extraction: null,
    install: null,
    error: null,
    ...changes
  });
  const told = async (changes: Partial<IVerifyJob>) => {
    await server.tell('v7');
    await server.last('GET', 'verify/v7').answer(job(changes));
  };
  const prove = async () => {
    void model.extraction.prove();
    await settle();
    const { body } = server.last('POST', 'proof');
    await server.last('POST', 'proof').answer({ id: 'v7' }, 202);
    await server.last('GET', 'verify/v7').answer(job({}));
    return body;
  };
  const ended = (extraction: IExtraction) =>
    told({ state: 'done', running: null, extraction });

  it('applies what was proven, and names the proof', async () => {
    expect(await prove()).toMatchObject({
      base: 'base-1',
      selection: ['c1'],
      module: null,
      confirmed: []
    });
    expect(model.extraction.state?.proof.phase).toBe('running');
    await ended({ ...PREVIEW, proof: 'equal', diff: 'typed' });
    expect(server.last('POST', 'apply').body).toMatchObject({
      base: 'base-1',
      module: null,
      proof: 'v7'
    });
    await server.last('POST', 'apply').answer({ ...APPLIED, proof: 'equal' });
    expect(cell().getSource()).toBe('from m import f\n\ny = f(x)');
    expect(model.extraction.state?.extraction?.proof).toBe('equal');
  });

  it('is made without what earlier proofs ran where that is asked for', async () => {
    expect(await prove()).toMatchObject({ anew: false });
    await ended({ ...PREVIEW, proof: 'not-run' });
    void model.extraction.prove(true);
    await settle();
    expect(server.last('POST', 'proof').body).toMatchObject({ anew: true });
  });

  it('shows a test before it is written', async () => {
    void model.extraction.tick({ test: true });
    await settle();
    await server.last('POST', 'extract').answer(PREVIEW);
    await prove();
    await ended({ ...PREVIEW, proof: 'equal', diff: 'def test_f' });
    expect(server.count('POST', 'apply')).toBe(0);
    expect(model.extraction.state?.provenBy).toBe('v7');
    void model.extraction.apply();
    await settle();
    expect(server.last('POST', 'apply').body).toMatchObject({ proof: 'v7' });
    await server.last('POST', 'apply').answer(APPLIED);
  });

  describe('runs the added lines in the kernel of the page', () => {
    const INSERT: ICellEdit = {
      action: 'insert',
      cell_id: 'new',
      index: 1,
      before: null,
      after: PREVIEW.setup,
      to: null
    };
    const replies = (...contents: object[]) => {
      const requestExecute = jest.fn(() => ({
        done: Promise.resolve({ content: contents.shift() })
      }));
      notebook.kernel.isThere('idle');
      const { session } = notebook.context.sessionContext;
      Object.assign(session!.kernel!, { requestExecute });
      return requestExecute;
    };
    const held = (names: string) => ({
      status: 'ok',
      user_expressions: { held: { data: { 'text/plain': names } } }
    });
    const applied = async (cells = EDITS, reread = '') => {
      await prove();
      await ended({ ...PREVIEW, proof: 'equal', cells });
      const apply = server.last('POST', 'apply');
      await apply.answer({ ...APPLIED, proof: 'equal', cells, reread });
      return model.extraction.state?.setupRun;
    };

    it('nothing else', async () => {
      const execute = replies(held('[]'), { status: 'ok' });
      expect(await applied()).toEqual({ kind: 'ran' });
      expect(execute).toHaveBeenLastCalledWith({
        code: 'from m import f',
        silent: true,
        allow_stdin: false
      });
      const carry = server.last('POST', 'carry');
      expect(carry.body).toMatchObject({ proof: 'v7', selection: ['c1'] });
      const checks = server.count('POST', 'check');
      await carry.answer({ message: 'gone', hint: '' }, 404); // no matter
      expect(server.count('POST', 'check')).toBe(checks + 1);
      expect(model.extraction.state).toMatchObject({
        busy: false,
        problem: null
      });
    });

    it('and checks the page once the runs of before count', async () => {
      replies(held('[]'), { status: 'ok' });
      const checks = server.count('POST', 'check');
      expect(await applied()).toEqual({ kind: 'ran' });
      model.noteRun();
      await new Promise(resolve => setTimeout(resolve, 500));
      expect(server.count('POST', 'check')).toBe(checks);
      expect(model.isBetween).toBe(true);
      await server.last('POST', 'carry').answer(null, 204);
      expect(model.isBetween).toBe(true);
      expect(server.count('POST', 'check')).toBe(checks + 1);
      await server.last('POST', 'check').answer(reportOf({}));
      expect(model.isBetween).toBe(false);
    });

    it('and checks at once where there is nothing to wait for', async () => {
      replies(held("['f']"));
      await applied();
      expect(model.isBetween).toBe(true);
      await server.last('POST', 'check').answer(reportOf({}));
      expect(model.isBetween).toBe(false);
    });

    it('after what a start would have read, where it began before', async () => {
      const execute = replies(held('[]'), { status: 'ok' }, { status: 'ok' });
      expect(await applied(EDITS, 'reread()')).toEqual({ kind: 'ran' });
      expect(execute).toHaveBeenNthCalledWith(2, {
        code: 'reread()',
        silent: true,
        allow_stdin: false
      });
      expect(execute).toHaveBeenCalledTimes(3);
    });

    it('not where a start would have failed to', async () => {
      const error = { status: 'error', ename: 'OSError', evalue: 'gone' };
      const execute = replies(held('[]'), error);
      const message = 'OSError: gone';
      const run = await applied(EDITS, 'reread()');
      expect(run).toEqual({ kind: 'failed', message });
      expect(execute).toHaveBeenCalledTimes(2);
    });

    it('as the cell that they are', async () => {
      const execute = replies(held('[]'));
      const run = jest.fn(async () => true);
      model.view = () => ({ run, jump: jest.fn() });
      expect(await applied([INSERT, EDITS[0]])).toEqual({ kind: 'ran' });
      expect(run).toHaveBeenCalledWith('new');
      expect(execute).toHaveBeenCalledTimes(1);
    });

    it('not over what the kernel holds', async () => {
      const execute = replies(held("['f']"));
      expect(await applied()).toEqual({ kind: 'held', names: ['f'] });
      expect(execute).toHaveBeenCalledTimes(1);
      expect(server.count('POST', 'carry')).toBe(0);
    });

    it('not where it is not known what the kernel holds', async () => {
      replies({ status: 'error' });
      expect(await applied()).toEqual({ kind: 'held', names: ['f'] });
    });

    it('and says that they failed', async () => {
      const error = { status: 'error', ename: 'ImportError', evalue: 'no m' };
      replies(held('[]'), error);
      const message = 'ImportError: no m';
      expect(await applied()).toEqual({ kind: 'failed', message });
    });

    it('not in a kernel that is busy', async () => {
      const execute = replies();
      notebook.kernel.isThere('busy');
      expect(await applied()).toEqual({ kind: 'not-idle' });
      expect(execute).not.toHaveBeenCalled();
    });

    it('not where that is not wanted, nor without a proof', async () => {
      const execute = replies();
      model.extraction.tickSetup(false);
      expect(await applied()).toBe(null);
      model.extraction.tickSetup(true);
      expect(execute).not.toHaveBeenCalled();
    });
  });

  it('writes nothing that differs, or that was not run', async () => {
    await prove();
    await ended({ ...PREVIEW, status: 'refused', proof: 'differs' });
    expect(model.extraction.state?.extraction?.status).toBe('refused');
    await model.extraction.prove(); // there is nothing to prove any more
    expect(server.count('POST', 'proof')).toBe(1);
    expect(server.count('POST', 'apply')).toBe(0);
  });

  it('leaves it to the person where it could not be run', async () => {
    await prove();
    await ended({ ...PREVIEW, notes: ['Not proven: [2] fails.'] });
    expect(server.count('POST', 'apply')).toBe(0);
    expect(model.extraction.state?.extraction?.notes).toHaveLength(1);
    void model.extraction.apply();
    await settle();
    expect(server.last('POST', 'apply').body).toMatchObject({ proof: null });
  });

  it('asks what the server part asks', async () => {
    void model.extraction.prove();
    await settle();
    await server.last('POST', 'proof').answer(
      {
        message: 'again?',
        hint: '',
        effects: [
          {
            cell_id: 'c1',
            cell_index: 1,
            execution_count: null,
            effects: [{ kind: 'writes-file', line: 1, detail: 'to_csv' }]
          }
        ]
      },
      409
    );
    expect(model.extraction.state?.proof.phase).toBe('asking');
    void model.extraction.proof.confirm();
    await settle();
    expect(server.last('POST', 'proof').body).toMatchObject({
      confirmed: ['c1']
    });
  });

  it('is over when something else is typed', async () => {
    await prove();
    model.extraction.type({ name: 'g' });
    await settle();
    await server.last('DELETE', 'verify/v7').answer(null, 204);
    expect(model.extraction.state?.proof.phase).toBe('idle');
  });
});
