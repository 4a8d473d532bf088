import type { ReadinessModel } from '../model';
import { APPLIED, INVERSE, NOTHING, PREVIEW, openSheet } from './extractions';
import type { IOpenNotebook } from './notebook';
import { settle, type FakeServer } from './server';

describe('ExtractSheet', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;

  const cell = () => notebook.model.sharedModel.cells[1];

  beforeEach(async () => {
    ({ server, notebook, model } = await openSheet());
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

  it('keeps what is typed while the plan of before is on its way', async () => {
    void model.extraction.open(['c0']);
    await settle();
    const first = server.last('POST', 'extract');
    model.extraction.type({ name: 'typed' });
    await first.answer(PREVIEW);
    expect(model.extraction.state).toMatchObject({
      module: 'src/m.py',
      name: 'typed',
      isCurrent: false
    });
    void model.extraction.preview();
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      module: 'src/m.py',
      name: 'typed'
    });
  });

  it('begins with the lines that it is opened with, and forgets them', async () => {
    const lines = {
      c1: [
        [1, 2],
        [4, 5]
      ]
    };
    void model.extraction.open(['c1'], { lines });
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({ lines });
    expect(model.extraction.state?.lines).toEqual(lines);
    void model.extraction.open(['c1']);
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({ lines: {} });
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

  it('replaces what the module has on a click, for this sheet alone', async () => {
    const update = { ...NOTHING, kind: 'update' as const };
    void model.extraction.remedy(update);
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: { update: true }
    });
    await server.last('POST', 'extract').answer(PREVIEW);
    void model.extraction.open(['c0']);
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: { update: false }
    });
  });

  it.each(['parameters', 'returns'] as const)(
    'plans anew with %s on a click, for this sheet alone',
    async kind => {
      for (const names of [['limit'], ['step', 'n']]) {
        void model.extraction.remedy({ ...NOTHING, kind, names });
        await settle();
        await server.last('POST', 'extract').answer(PREVIEW);
      }
      expect(server.last('POST', 'extract').body).toMatchObject({
        options: { [kind]: ['limit', 'step', 'n'] }
      });
      void model.extraction.open(['c0']);
      await settle();
      expect(server.last('POST', 'extract').body).toMatchObject({
        options: { parameters: [], returns: [] }
      });
    }
  );

  it('keeps how a name is given over what is planned anew, for this sheet alone', async () => {
    void model.extraction.tick({ constants: ['LIMIT'], defaults: ['STEP'] });
    await settle();
    const asked = { constants: ['LIMIT'], defaults: ['STEP'] };
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: asked
    });
    await server.last('POST', 'extract').answer(PREVIEW);
    void model.extraction.tick({ docstring: false });
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: { ...asked, docstring: false }
    });
    await server.last('POST', 'extract').answer(PREVIEW);
    void model.extraction.open(['c0']);
    await settle();
    expect(server.last('POST', 'extract').body).toMatchObject({
      options: { constants: [], defaults: [], docstring: false }
    });
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
    await undo.answer({ cells: [], files: ['src/m.py'], stays: '' });
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
    const left = jest.fn();
    model.extraction.left.connect((_, words) => left(words));
    await call.answer({
      cells: INVERSE,
      files: ['src/m.py'],
      stays: 'x stays'
    });
    expect(cell().getSource()).toBe('y = x + 1');
    expect(model.extraction.state).toBe(null);
    expect(left).toHaveBeenCalledWith('x stays');
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
      lines: { c1: [[2, 3]] }
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

  describe('with a cell to insert', () => {
    const insertion = {
      ...NOTHING,
      kind: 'replace' as const,
      edits: [
        {
          action: 'insert' as const,
          cell_id: 'new',
          index: 0,
          before: null,
          after: 'rate = 2',
          to: null
        }
      ]
    };
    const sources = () =>
      notebook.model.sharedModel.cells.map(one => one.getSource());

    it('inserts it and plans anew', async () => {
      const asked = server.count('POST', 'extract');
      void model.extraction.remedy(insertion);
      await settle();
      expect(sources()).toEqual(['rate = 2', 'x = 1', 'y = x + 1']);
      expect(server.count('POST', 'extract')).toBe(asked + 1);
    });

    it('writes nothing where the page is another by now', async () => {
      notebook.model.sharedModel.insertCell(0, { cell_type: 'code' });
      await model.extraction.remedy(insertion);
      expect(sources()).toEqual(['', 'x = 1', 'y = x + 1']);
      expect(model.extraction.state?.problem?.kind).toBe('page-changed');
    });

    it('writes nothing where the page is read-only', async () => {
      notebook.model.readOnly = true;
      await model.extraction.remedy(insertion);
      expect(sources()).toEqual(['x = 1', 'y = x + 1']);
      expect(model.extraction.state?.problem?.kind).toBe('read-only');
    });
  });
});
