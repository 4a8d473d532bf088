import {
  ILabShell,
  ILayoutRestorer,
  JupyterFrontEnd,
  JupyterFrontEndPlugin
} from '@jupyterlab/application';
import { ICommandPalette } from '@jupyterlab/apputils';
import { INotebookTracker } from '@jupyterlab/notebook';
import { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { IStatusBar } from '@jupyterlab/statusbar';
import { ITranslator, nullTranslator } from '@jupyterlab/translation';

import { serverApi } from './api';
import {
  addCommands,
  notifyExtraction,
  notifyLeft,
  type ICommandOptions
} from './commands';
import { ExtractAreas } from './extract-area';
import { JobList } from './job-list';
import { CellMarks, StatusItem } from './marks';
import { ReadinessPanel } from './panel';
import { CommandIDs, PANEL_ID, PLUGIN_ID } from './tokens';
import { ReadinessTracker } from './tracker';

const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN_ID,
  description:
    'Shows whether a notebook would run from a clean start, and whether what it shows still holds.',
  autoStart: true,
  requires: [INotebookTracker, IRenderMimeRegistry],
  optional: [
    ITranslator,
    ISettingRegistry,
    ICommandPalette,
    ILayoutRestorer,
    IStatusBar,
    ILabShell
  ],
  activate
};

export default plugin;

function activate(
  app: JupyterFrontEnd,
  notebooks: INotebookTracker,
  rendermime: IRenderMimeRegistry,
  translator: ITranslator | null,
  settings: ISettingRegistry | null,
  palette: ICommandPalette | null,
  restorer: ILayoutRestorer | null,
  statusBar: IStatusBar | null,
  labShell: ILabShell | null
): void {
  const trans = (translator ?? nullTranslator).load('jupyter_prodready');
  const { commands, shell } = app;
  const { events, serverSettings } = app.serviceManager;
  const api = serverApi(serverSettings, events.stream);
  const tracker = new ReadinessTracker(notebooks, api, id =>
    shell.activateById(id)
  );
  const options: ICommandOptions = {
    commands,
    tracker,
    trans,
    showPanel: () => shell.activateById(PANEL_ID),
    enterPanel: () => {
      shell.activateById(PANEL_ID);
      panel.enter();
    },
    openFile: path => void commands.execute('docmanager:open', { path }),
    cellOfMenu: () => tracker.cellIdOf(app.contextMenuHitTest(isCell))
  };
  const panel: ReadinessPanel = new ReadinessPanel({
    ...options,
    rendermime,
    jobs: new JobList(api),
    sheetInPanel: labShell === null // Notebook 7 shows nothing beside its notebook
  });
  shell.add(panel, 'right', { rank: 700, type: 'Production readiness' });
  restorer?.add(panel, PANEL_ID);
  addCommands(options);
  for (const command of Object.values(CommandIDs)) {
    const category = trans.__('Production readiness');
    palette?.addItem({ command, category });
  }
  const marks = new CellMarks(tracker, trans, cellId => {
    options.showPanel();
    tracker.select(cellId);
    panel.reveal(cellId);
  });
  const status = new StatusItem(tracker, trans, options.enterPanel);
  statusBar?.registerStatusItem(`${PLUGIN_ID}:verdict`, {
    item: status,
    align: 'right',
    rank: 3,
    isActive: () => status.isActive,
    activeStateChanged: tracker.changed
  });
  if (labShell) {
    new ExtractAreas(labShell, options);
  }
  tracker.modelAdded.connect((_, model) => {
    model.extraction.applied.connect((_, extraction) =>
      notifyExtraction(model, extraction, options)
    );
    model.extraction.left.connect((_, words) => notifyLeft(words));
    if (!labShell) {
      model.extraction.opened.connect(options.showPanel);
    }
  });
  void followSettings(settings, tracker, marks);
}

function isCell(node: HTMLElement): boolean {
  return node.classList.contains('jp-Cell');
}

async function followSettings(
  registry: ISettingRegistry | null,
  tracker: ReadinessTracker,
  marks: CellMarks
): Promise<void> {
  const settings = await registry?.load(PLUGIN_ID);
  const update = () => {
    const showBadges = settings?.composite.showBadges !== false;
    tracker.autoCheck = settings?.composite.autoCheck !== false;
    tracker.hasMarks = showBadges;
    marks.isShown = showBadges;
  };
  settings?.changed.connect(update);
  update();
}
