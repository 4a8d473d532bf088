import { ReadinessModel } from '../model';
import type { ICellEdit, IExtraction, IVerifyJob } from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';

const EDITS: ICellEdit[] = [
  {
    action: 'replace',
    cell_id: 'c1',
    index: 1,
    before: 'y = x + 1',
    after: 'from m import f\n\ny = f(x)',
    to: null
  }
];

const PREVIEW: IExtraction = {
  status: 'preview',
  function: 'f',
  module: 'src/m.py',
  inputs: [],
  outputs: [],
  refusals: [],
  notes: [],
  labels: [],
  diff: '',
  proof: 'not-run',
  files: ['src/m.py'],
  base: 'base-1',
  cells: EDITS,
  undo_id: null,
  setup: 'from m import f',
  setup_binds: ['f'],
  importable: true,
  reach: '`m` is installed.',
  no_test: null
};
const APPLIED: IExtraction = { ...PREVIEW, status: 'applied', undo_id: 'u1' };
const INVERSE = [
  { ...EDITS[0], before: EDITS[0].after, after: EDITS[0].before }
];

const NOTHING = { cell: null, lines: null, cells: null, edits: null };

describe('ExtractSheet', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const cell = () => notebook.model.sharedModel.cells[1];

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook('x = 1', 'y = x + 1');
    model = new ReadinessModel(notebook.context, server.api, () => true);
    await settle();
    await server.last('POST', 'check').answer(reportOf({}));
    // later checks are not what these tests look at
    model.runs.restarted();
    void model.extraction.open(['c1']);
    await settle();
    await server.last('POST', 'extract').answer(PREVIEW);
  });

  afterEach(() => model.dispose());

  it('lets the server part propose, then sends what was typed', async () => {
    expect(server.last('POST', 'extract').body).toMatchObject({
      selection: ['c1'],
      module: null,
      name: null
    });
    expect(model.extraction.state).toMatchObject({
      module: 'src/m.py',
      name: 'f',
      isCurrent: true,
      busy: false
    });
    model.extraction.type({ name: 'g' });
    expect(model.extraction.state?.isCurrent).toBe(false);
    void model.extraction.preview();
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      module: 'src/m.py',
      name: 'g'
    });
  });

  it('begins with the names that it is opened with', async () => {
    void model.extraction.open(['c0'], { module: 'src/a.py', name: 'g' });
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      selection: ['c0'],
      module: 'src/a.py',
      name: 'g'
    });
    expect(model.extraction.state?.name).toBe('g');
  });

  it('plans anew what is left out, and drops the answer of before', async () => {
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: { autoreload: true, annotations: true, test: false }
    });
    void model.extraction.tick({ docstring: false });
    await settle();
    const first = server.last('POST', 'extract');
    void model.extraction.tick({ test: true });
    await settle();
    const second = server.last('POST', 'extract');
    expect(second.body).toMatchObject({
      options: { autoreload: true, docstring: false, test: true }
    });
    await second.answer({ ...PREVIEW, diff: 'second' });
    await first.answer({ ...PREVIEW, diff: 'first' });
    expect(model.extraction.state).toMatchObject({
      busy: false,
      isCurrent: true,
      extraction: { diff: 'second' }
    });
  });

  it('does not apply a plan whose names were changed', async () => {
    model.extraction.type({ name: 'g' });
    await model.extraction.apply();
    server.last('POST', 'extract');
  });

  it('writes the module first, then the page, and says so', async () => {
    const told = jest.fn();
    model.extraction.applied.connect((_, extraction) => told(extraction));
    void model.extraction.apply();
    await settle();
    const call = server.last('POST', 'apply');
    expect(call.body).toMatchObject({ base: 'base-1', selection: ['c1'] });
    expect(cell().getSource()).toBe('y = x + 1');
    await call.answer(APPLIED);
    expect(cell().getSource()).toBe('from m import f\n\ny = f(x)');
    expect(told).toHaveBeenCalledWith(APPLIED);
  });

  it('writes nothing where the cell was edited after the preview', async () => {
    cell().setSource('y = x + 2');
    await model.extraction.apply();
    server.last('POST', 'extract');
    expect(model.extraction.state?.problem).toMatchObject({
      kind: 'cell-changed',
      message: '[ ]'
    });
  });

  it('takes the module back at once where the page cannot follow', async () => {
    void model.extraction.apply();
    await settle();
    const call = server.last('POST', 'apply');
    cell().setSource('y = x + 2');
    await call.answer(APPLIED);
    const undo = server.last('POST', 'undo');
    expect(undo.body).toMatchObject({ id: 'u1', path: 'work/n.ipynb' });
    await undo.answer({ cells: [], files: ['src/m.py'] });
    expect(model.extraction.state?.problem).toMatchObject({
      kind: 'undone-again'
    });
    expect(cell().getSource()).toBe('y = x + 2');
  });

  it('shows the words of a refusal to apply, and asks for a new preview', async () => {
    void model.extraction.apply();
    await settle();
    const words = { message: '`src/m.py` changed.', hint: 'Preview again.' };
    await server.last('POST', 'apply').answer(words, 409);
    const unfinished = { id: 'u1', what: 'extraction', is_written: true };
    await server
      .last('POST', 'journal')
      .answer({ unfinished: { ...unfinished, files: ['src/m.py'] } });
    expect(model.unfinished.state).toMatchObject(unfinished);
    expect(model.extraction.state).toMatchObject({
      problem: words,
      isCurrent: false
    });
  });

  it('undoes module and page', async () => {
    void model.extraction.apply();
    await settle();
    await server.last('POST', 'apply').answer(APPLIED);
    model.extraction.close();
    void model.extraction.undo();
    await settle();
    const call = server.calls.filter(({ path }) => path === 'undo')[0];
    expect(call.body).toMatchObject({ id: 'u1' });
    await call.answer({ cells: INVERSE, files: ['src/m.py'] });
    expect(cell().getSource()).toBe('y = x + 1');
    expect(model.extraction.state).toBe(null);
  });

  it('opens again where what was closed has something to say', async () => {
    const opened = jest.fn();
    model.extraction.opened.connect(opened);
    void model.extraction.apply();
    await settle();
    await server.last('POST', 'apply').answer(APPLIED);
    model.extraction.close();
    void model.extraction.undo();
    void model.extraction.undo(); // a second click
    await settle();
    expect(server.count('POST', 'undo')).toBe(1);
    expect(opened).not.toHaveBeenCalled();
    const words = { message: '`src/m.py` was edited.', hint: 'Compare.' };
    const undo = server.calls.find(({ path }) => path === 'undo');
    await undo?.answer(words, 409);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(model.extraction.state?.problem).toMatchObject(words);
  });

  it('undoes nothing where the cell was edited since', async () => {
    void model.extraction.apply();
    await settle();
    await server.last('POST', 'apply').answer(APPLIED);
    cell().setSource('mine');
    await model.extraction.undo();
    expect(server.calls.some(({ path }) => path === 'undo')).toBe(false);
    expect(model.extraction.state?.problem?.kind).toBe('cell-changed');
    expect(cell().getSource()).toBe('mine');
  });

  describe('with a proof', () => {
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
      const applied = async (cells = EDITS) => {
        await prove();
        await ended({ ...PREVIEW, proof: 'equal', cells });
        const apply = server.last('POST', 'apply');
        await apply.answer({ ...APPLIED, proof: 'equal', cells });
        return model.extraction.state?.setupRun;
      };

      it('nothing else', async () => {
        const execute = replies(held('[]'), { status: 'ok' });
        expect(await applied()).toEqual({ kind: 'ran' });
        expect(execute).toHaveBeenLastCalledWith({
          code: 'from m import f',
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
      void model.extraction.confirmProof();
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

  it('takes other lines or cells where a refusal offers them', async () => {
    void model.extraction.remedy({
      ...NOTHING,
      kind: 'lines',
      cell: 'c1',
      lines: [2, 3]
    });
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      selection: ['c1'],
      lines: { c1: [2, 3] }
    });
    await server.last('POST', 'extract').answer(PREVIEW);
    void model.extraction.remedy({
      ...NOTHING,
      kind: 'cells',
      cells: ['c0', 'c1']
    });
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      selection: ['c0', 'c1']
    });
    expect(model.extraction.state?.cells.map(one => one.id)).toEqual([
      'c0',
      'c1'
    ]);
  });
});
