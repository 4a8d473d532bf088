import { fixAt } from '../commands';
import { ReadinessModel } from '../model';
import type {
  ICellEdit,
  IFinding,
  IFix,
  IFixing,
  INotebookReport
} from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeView } from './page-view';
import { FakeServer, settle } from './server';

const EDIT: ICellEdit = {
  action: 'insert',
  cell_id: 'new',
  index: 0,
  before: null,
  after: 'rate = 0.2',
  to: null
};
const TITLE = 'Restore the deleted cell above [1]';
const RESTORE: IFix = {
  title: TITLE,
  proven: false,
  id: 'f1',
  kind: 'restore-source',
  checked: true,
  run: []
};
const RUN: IFix = {
  ...RESTORE,
  id: 'f2',
  kind: 'run-cells',
  run: ['c0', 'c1']
};
const RESTART: IFix = { ...RESTORE, id: 'f3', kind: 'restart' };
const FINDING: IFinding = {
  check: 'deleted-definition',
  severity: 'error',
  certain: true,
  cell_id: 'c0',
  cell_index: 0,
  line: 1,
  names: ['rate'],
  message: '`rate` comes from a cell that was deleted',
  cause: null,
  affected: ['c1'],
  fixes: [RESTORE, RUN, RESTART],
  consequence: '',
  reason: null
};
const REPORT = reportOf({ findings: [FINDING] });
const FIXING: IFixing = {
  path: 'work/n.ipynb',
  status: 'preview',
  fixes: [],
  cells: [EDIT],
  diff: '+rate = 0.2\n',
  base: 'base-1'
};

describe('FixSheet', () => {
  let server: FakeServer;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;
  let view: FakeView;

  const page = () =>
    notebook.model.sharedModel.cells.map(cell => cell.getSource());
  const phase = () => model.fix.state?.phase ?? null;
  const calls = (path: string) =>
    server.calls.filter(call => call.path === path);
  const problem = () => {
    const { state } = model.fix;
    return state?.phase === 'failed' ? state.problem : null;
  };
  const start = async (fix: IFix) => {
    void model.fix.start(FINDING, fix, view);
    await settle();
  };
  const answerCheck = (report: INotebookReport = REPORT) =>
    server.last('POST', 'check').answer(report);

  beforeEach(async () => {
    server = new FakeServer();
    notebook = openNotebook('total = rate', 'print(total)');
    notebook.kernel.isThere('idle');
    model = new ReadinessModel(notebook.context, server.api, () => false);
    view = new FakeView();
    void model.refresh();
    await settle();
    await answerCheck();
  });

  afterEach(() => model.dispose());

  describe('that edits the page', () => {
    it('shows what it would do and writes nothing', async () => {
      await start(RESTORE);
      expect(phase()).toBe('planning');
      const call = server.last('POST', 'fix');
      expect(call.body).toMatchObject({ id: 'f1', base: null });
      await call.answer(FIXING);
      expect(model.fix.state).toMatchObject({
        phase: 'preview',
        edits: [
          {
            action: 'insert',
            name: null,
            above: { id: 'c0', firstLine: 'total = rate' },
            after: 'rate = 0.2'
          }
        ],
        isCurrent: true,
        busy: false
      });
      expect(page()).toEqual(['total = rate', 'print(total)']);
    });

    const preview = async () => {
      await start(RESTORE);
      await server.last('POST', 'fix').answer(FIXING);
    };
    const apply = async () => {
      await preview();
      void model.fix.apply();
      await settle();
      const call = server.last('POST', 'fix');
      expect(call.body).toMatchObject({ id: 'f1', base: 'base-1' });
      return call;
    };

    it('is made in one step that one undo takes back', async () => {
      notebook.model.sharedModel.clearUndoHistory();
      await (await apply()).answer(FIXING);
      expect(page()).toEqual(['rate = 0.2', 'total = rate', 'print(total)']);
      expect(phase()).toBe('done');
      await answerCheck(reportOf({}));
      expect(model.report?.findings).toEqual([]);
      notebook.model.sharedModel.undo();
      expect(page()).toEqual(['total = rate', 'print(total)']);
      // there is nothing to tell of a fix that is taken back
      expect(model.fix.state).toBe(null);
    });

    it('is taken back by its own Undo, and by that alone', async () => {
      await (await apply()).answer(FIXING);
      await answerCheck(reportOf({}));
      notebook.model.sharedModel.cells[2].setSource('mine');
      void model.fix.undo();
      await settle();
      expect(page()).toEqual(['total = rate', 'mine']);
      expect(model.fix.state).toBe(null);
    });

    it('is not taken back where its cell was edited since', async () => {
      await (await apply()).answer(FIXING);
      await answerCheck(reportOf({}));
      notebook.model.sharedModel.cells[0].setSource('rate = 1');
      await model.fix.undo();
      await settle();
      expect(page()[0]).toBe('rate = 1');
    });

    it('is refused where the page changed since the preview', async () => {
      await preview();
      notebook.model.sharedModel.cells[1].setSource('print(1)');
      expect(model.fix.state).toMatchObject({ isCurrent: false });
      await model.fix.apply();
      expect(problem()?.kind).toBe('page-changed');
      expect(calls('fix')).toHaveLength(1);
      expect(page()).toEqual(['total = rate', 'print(1)']);
    });

    it('is refused where somebody typed while the server planned', async () => {
      const call = await apply();
      notebook.model.sharedModel.cells[1].setSource('print(1)');
      await call.answer(FIXING);
      expect(problem()?.kind).toBe('page-changed');
      expect(page()).toEqual(['total = rate', 'print(1)']);
    });

    it('tells the refusal of the server, checks again, and can be retried', async () => {
      const words = { message: 'The notebook changed.', hint: 'Preview.' };
      await (await apply()).answer(words, 409);
      expect(problem()).toMatchObject(words);
      await answerCheck();
      await start(RESTORE);
      server.last('POST', 'fix');
      expect(phase()).toBe('planning');
    });

    it('leaves a locked cell alone', async () => {
      await preview();
      notebook.model.cells.get(1).setMetadata('editable', false);
      void model.fix.apply();
      await settle();
      const cells: ICellEdit[] = [
        {
          action: 'replace',
          cell_id: 'c1',
          index: 1,
          before: 'print(total)',
          after: 'print(rate)',
          to: null
        }
      ];
      await server.last('POST', 'fix').answer({ ...FIXING, cells });
      expect(problem()).toMatchObject({ kind: 'cell-locked', message: '[ ]' });
      expect(page()).toEqual(['total = rate', 'print(total)']);
    });

    it('is not offered for a page that cannot be written', async () => {
      notebook.model.readOnly = true;
      expect(model.fix.obstacleOf(RESTORE)).toBe('read-only');
      expect(model.fix.obstacleOf(RUN)).toBe(null);
      await start(RESTORE);
      expect([phase(), calls('fix').length]).toEqual([null, 0]);
    });

    it('is looked for anew where the page changed under the row', async () => {
      notebook.model.sharedModel.cells[1].setSource('print(rate)');
      await start(RESTORE);
      const fixes = [{ ...RESTORE, id: 'f9' }];
      await answerCheck(reportOf({ findings: [{ ...FINDING, fixes }] }));
      expect(server.last('POST', 'fix').body).toMatchObject({ id: 'f9' });
    });

    it('says so where it no longer fits', async () => {
      notebook.model.sharedModel.cells[1].setSource('print(rate)');
      await start(RESTORE);
      await answerCheck(reportOf({}));
      expect(problem()?.kind).toBe('fix-changed');
    });

    it('says so where the server cannot be reached', async () => {
      await start(RESTORE);
      await server.last('POST', 'fix').breakOff();
      expect(problem()?.kind).toBe('unreachable');
    });

    it('can be cancelled', async () => {
      await preview();
      model.fix.close();
      expect(phase()).toBe(null);
      await model.fix.apply();
      expect(calls('fix')).toHaveLength(1);
    });
  });

  describe('that runs cells', () => {
    it('runs them in order, each after the one before, and checks again', async () => {
      await start(RUN);
      expect(model.fix.state).toMatchObject({
        phase: 'running',
        done: 0,
        total: 2,
        running: { id: 'c0' }
      });
      expect(view.ran).toEqual(['c0']);
      await view.end(true);
      expect(view.ran).toEqual(['c0', 'c1']);
      expect(model.fix.state).toMatchObject({ done: 1 });
      await view.end(true);
      expect(phase()).toBe('done');
      await answerCheck(reportOf({}));
      expect(model.report?.findings).toEqual([]);
    });

    it.each([
      ['an error', false],
      ['a lost connection', new Error('Canceled')]
    ])('stops at %s and goes there', async (_, end) => {
      await start(RUN);
      await view.end(end);
      await answerCheck();
      expect(view.ran).toEqual(['c0']);
      expect(model.fix.state).toMatchObject({
        phase: 'stopped',
        end: 'failed',
        at: { id: 'c0' },
        left: 1
      });
      expect(view.jump).toHaveBeenCalledWith({ cellId: 'c0', line: 1 });
    });

    it('can be interrupted', async () => {
      await start(RUN);
      void model.fix.interrupt();
      expect(model.fix.state).toMatchObject({ stopping: true });
      expect(notebook.kernel.interrupt).toHaveBeenCalledTimes(1);
      await view.end(false);
      await answerCheck();
      expect(view.ran).toEqual(['c0']);
      expect(model.fix.state).toMatchObject({ end: 'interrupted', left: 1 });
    });

    it('runs no further cell where the interrupt came too late for the last', async () => {
      await start(RUN);
      void model.fix.interrupt();
      await view.end(true);
      await answerCheck();
      expect(view.ran).toEqual(['c0']);
      expect(model.fix.state).toMatchObject({
        end: 'interrupted',
        at: { id: 'c1' },
        left: 1
      });
    });

    it('does not run what was edited after the click', async () => {
      await start(RUN);
      notebook.model.sharedModel.cells[1].setSource('print("new")');
      await view.end(true);
      await answerCheck();
      expect(view.ran).toEqual(['c0']);
      expect(model.fix.state).toMatchObject({ end: 'changed', left: 1 });
    });

    it('keeps the rows of the click in place until it ends', async () => {
      await start(RUN);
      void model.refresh();
      await settle();
      await answerCheck(reportOf({}));
      expect(model.report?.findings).toEqual([]);
      expect(model.fix.report).toEqual(REPORT);
      await view.end(false);
      await answerCheck(reportOf({}));
      expect(model.fix.report).toBe(model.report);
    });

    it('runs nothing where other cells must run now than were clicked', async () => {
      notebook.model.sharedModel.cells[1].setSource('print(rate)');
      await start(RUN);
      const fixes = [{ ...RUN, id: 'f8', run: ['c1'] }];
      await answerCheck(reportOf({ findings: [{ ...FINDING, fixes }] }));
      expect(problem()?.kind).toBe('fix-changed');
      expect(view.ran).toEqual([]);
    });

    it('runs nothing where a run began since the offer', async () => {
      notebook.kernel.began('slow()', 1);
      await start(RUN);
      // the server part offers no runs meanwhile
      const fixes = [RESTORE];
      await answerCheck(reportOf({ findings: [{ ...FINDING, fixes }] }));
      expect(problem()?.kind).toBe('fix-changed');
      expect(view.ran).toEqual([]);
    });

    it.each([
      ['no-kernel', null],
      ['kernel-dead', 'dead'],
      ['kernel-away', 'restarting']
    ] as const)('is not offered: %s', async (obstacle, status) => {
      notebook.kernel.isThere(status);
      expect(model.fix.obstacleOf(RUN)).toBe(obstacle);
      expect(model.fix.obstacleOf(RESTART)).toBe(obstacle);
      expect(model.fix.obstacleOf(RESTORE)).toBe(null);
      await start(RUN);
      expect(view.ran).toEqual([]);
    });

    it('keeps every other fix waiting', async () => {
      await start(RUN);
      expect(model.fix.obstacleOf(RESTORE)).toBe('under-way');
      await start(RESTORE);
      model.fix.close();
      expect(model.fix.state).toMatchObject({ phase: 'running', fix: RUN });
    });

    it('tells at once that the kernel died', () => {
      const changed = jest.fn();
      model.changed.connect(changed);
      notebook.kernel.status('dead');
      expect(changed).toHaveBeenCalled();
    });
  });

  it('asks before it restarts', async () => {
    await start(RESTART);
    await answerCheck();
    expect([phase(), model.restart.state.phase]).toEqual([null, 'asking']);
  });

  it('is found for the active cell: its own first, then where it is affected', () => {
    expect(fixAt(model, 'c0')?.fix).toEqual(RESTORE);
    expect(fixAt(model, 'c1')?.fix).toEqual(RESTORE);
    expect(fixAt(model, 'c9')).toBe(null);
    notebook.model.readOnly = true;
    expect(fixAt(model, 'c0')?.fix).toEqual(RUN);
  });
});
