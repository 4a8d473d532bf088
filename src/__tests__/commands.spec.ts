import { nullTranslator } from '@jupyterlab/translation';
import { CommandRegistry } from '@lumino/commands';

import { addCommands } from '../commands';
import { ReadinessModel } from '../model';
import { CommandIDs, type IFinding, type IFix } from '../tokens';
import type { ReadinessTracker } from '../tracker';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';
import { FINDING } from './views';

const [PUT, AGAIN] = ['Put `rate = 2` back into [1]', 'Run [1]'];
const RESTORE: IFix = {
  title: PUT,
  proven: false,
  id: 'f1',
  kind: 'restore-line',
  checked: true,
  run: []
};
const RUN: IFix = { ...RESTORE, title: AGAIN, id: 'f2', run: ['c0'] };
const OWN: IFinding = {
  ...FINDING,
  cell_id: 'c0',
  affected: [],
  fixes: [RESTORE, RUN]
};
const OTHER: IFinding = {
  ...OWN,
  cell_id: 'c1',
  affected: ['c2'],
  fixes: [RUN]
};
const NO_WAY_OUT: IFinding = { ...OWN, cell_id: 'c3', fixes: [] };

describe('the fix in the menu of a cell', () => {
  const commands = new CommandRegistry();
  const { fix: id } = CommandIDs;
  const fix = jest.fn();
  const showPanel = jest.fn();
  const inMenu = { inMenu: true };
  let cellOfMenu: string | null;
  let notebook: IOpenNotebook;
  let model: ReadinessModel;
  let current: ReadinessModel | null;

  const tracker = {
    get current() {
      return current;
    },
    activeCellId: 'c0',
    fix
  } as unknown as ReadinessTracker;

  beforeAll(() =>
    addCommands({
      commands,
      tracker,
      trans: nullTranslator.load('jupyter_prodready'),
      showPanel,
      enterPanel: jest.fn(),
      openFile: jest.fn(),
      cellOfMenu: () => cellOfMenu
    })
  );

  beforeEach(async () => {
    const server = new FakeServer();
    notebook = openNotebook('a', 'b', 'c', 'd', 'e');
    notebook.kernel.isThere('idle');
    model = current = new ReadinessModel(
      notebook.context,
      server.api,
      () => false
    );
    void model.refresh();
    await settle();
    const findings = [OWN, OTHER, NO_WAY_OUT];
    await server.last('POST', 'check').answer(reportOf({ findings }));
  });

  afterEach(() => model.dispose());

  it.each([
    ['what shows a preview first', 'c0', 'Fix: Put rate = 2 back into [1]…'],
    ['what runs at once', 'c1', 'Fix: Run [1]'],
    ['what mends the cause of it', 'c2', 'Fix: Run [1]']
  ])('names %s', (_, cellId, label) => {
    cellOfMenu = cellId;
    expect(commands.isVisible(id, inMenu)).toBe(true);
    expect(commands.label(id, inMenu)).toBe(label);
  });

  it.each([
    ['has a problem without a way out', 'c3'],
    ['has no problem', 'c4'],
    ['is none', null]
  ])('is not there where the cell %s', async (_, cellId) => {
    cellOfMenu = cellId;
    expect(commands.isVisible(id, inMenu)).toBe(false);
    await commands.execute(id, inMenu);
    expect(fix).not.toHaveBeenCalled();
  });

  it('is not there where nothing can be made of it now', () => {
    cellOfMenu = 'c1';
    notebook.kernel.isThere('dead');
    expect(commands.isVisible(id, inMenu)).toBe(false);
  });

  it('is that of the cell under the pointer, not of the active one', async () => {
    cellOfMenu = 'c2';
    await commands.execute(id, inMenu);
    expect(showPanel).toHaveBeenCalledTimes(1);
    expect(fix).toHaveBeenCalledWith(model, OTHER, RUN);
  });

  it('is that of the active cell in the palette, by one name for all', async () => {
    cellOfMenu = 'c2';
    expect(commands.label(id)).toBe('Fix Problem of This Cell');
    expect(commands.isVisible(id)).toBe(true);
    await commands.execute(id);
    expect(fix).toHaveBeenCalledWith(model, OWN, RESTORE);
  });

  it('is not there without a notebook', () => {
    current = null;
    cellOfMenu = 'c0';
    expect(commands.isVisible(id, inMenu)).toBe(false);
    expect(commands.isEnabled(id)).toBe(false);
  });
});

describe('verify a part of the page', () => {
  const commands = new CommandRegistry();
  const showPanel = jest.fn();
  let server: FakeServer;
  let model: ReadinessModel;
  let cellOfMenu: string | null = 'c0';
  const tracker = {
    get current() {
      return model;
    },
    activeCellId: 'c1'
  } as unknown as ReadinessTracker;

  beforeAll(() =>
    addCommands({
      commands,
      tracker,
      trans: nullTranslator.load('jupyter_prodready'),
      showPanel,
      enterPanel: jest.fn(),
      openFile: jest.fn(),
      cellOfMenu: () => cellOfMenu
    })
  );

  beforeEach(async () => {
    server = new FakeServer();
    const { context, model: page } = openNotebook('open("a", "w")', 'b');
    page.sharedModel.insertCell(2, {
      cell_type: 'markdown',
      id: 'text',
      source: '# Text'
    });
    model = new ReadinessModel(context, server.api, () => false);
    void model.refresh();
    await settle();
    await server.last('POST', 'check').answer(reportOf({}));
  });

  afterEach(() => model.dispose());

  const { verifyUntil, verifyNeeded } = CommandIDs;
  it.each([
    [verifyUntil, {}, { until: 'c1', only: null }],
    [verifyUntil, { inMenu: true }, { until: 'c0', only: null }],
    [verifyNeeded, {}, { until: null, only: 'c1' }],
    [verifyNeeded, { inMenu: true }, { until: null, only: 'c0' }]
  ])('%s %j', async (id, args, body) => {
    void commands.execute(id, args);
    await settle();
    expect(showPanel).toHaveBeenCalledTimes(1);
    expect(server.last('POST', 'verify').body).toMatchObject(body);
  });

  it('is of code cells', () => {
    cellOfMenu = 'text';
    expect(commands.isEnabled(verifyUntil, { inMenu: true })).toBe(false);
    cellOfMenu = null;
    expect(commands.isEnabled(verifyNeeded, { inMenu: true })).toBe(false);
    expect(commands.isEnabled(verifyNeeded)).toBe(true);
  });
});

describe('extract from the menu of a cell', () => {
  it.each([
    ['the selected cells', { inMenu: true }, 'c1', ['c0', 'c1']],
    ['the cell of the menu, not selected', { inMenu: true }, 'c2', ['c2']],
    ['the selected cells of the palette', {}, 'c2', ['c0', 'c1']]
  ])('takes %s', async (_, args, cellId, cells) => {
    const commands = new CommandRegistry();
    const open = jest.fn(async () => undefined);
    const tracker = {
      current: { extraction: { open } },
      selection: ['c0', 'c1']
    } as unknown as ReadinessTracker;
    addCommands({
      commands,
      tracker,
      trans: nullTranslator.load('jupyter_prodready'),
      showPanel: jest.fn(),
      enterPanel: jest.fn(),
      openFile: jest.fn(),
      cellOfMenu: () => cellId
    });
    await commands.execute(CommandIDs.extract, args);
    expect(open).toHaveBeenCalledWith(cells);
  });
});

describe('extract selected lines', () => {
  const open = jest.fn(async () => undefined);
  const commands = new CommandRegistry();
  const { extractLines: id } = CommandIDs;
  const inMenu = { inMenu: true };
  const tracker = {
    current: { extraction: { open } },
    activeCellId: 'c0',
    linesOf: (cellId: string) => (cellId === 'c1' ? [[2, 3]] : [])
  };
  let cellOfMenu: string | null = 'c1';

  beforeAll(() =>
    addCommands({
      commands,
      tracker: tracker as unknown as ReadinessTracker,
      trans: nullTranslator.load('jupyter_prodready'),
      showPanel: jest.fn(),
      enterPanel: jest.fn(),
      openFile: jest.fn(),
      cellOfMenu: () => cellOfMenu
    })
  );

  it('takes those of the cell of the menu', async () => {
    expect(commands.isVisible(id, inMenu)).toBe(true);
    await commands.execute(id, inMenu);
    expect(open).toHaveBeenCalledWith(['c1'], { lines: { c1: [[2, 3]] } });
  });

  it('stands in no menu of a cell without any', () => {
    cellOfMenu = 'c2';
    expect(commands.isVisible(id, inMenu)).toBe(false);
  });

  it('is for the active cell in the palette, and off without a selection', () => {
    expect(commands.isVisible(id, {})).toBe(true);
    expect(commands.isEnabled(id, {})).toBe(false);
    tracker.activeCellId = 'c1';
    expect(commands.isEnabled(id, {})).toBe(true);
  });
});
