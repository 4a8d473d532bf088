import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/** A notebook of these cells as it stands on disk; headings are text cells. */
export function notebookOf(sources: string[], kernel = 'python3'): string {
  const cells = sources.map((source, index) =>
    /^#+ /.test(source)
      ? { cell_type: 'markdown', id: `c${index}`, metadata: {}, source }
      : {
          cell_type: 'code',
          id: `c${index}`,
          metadata: {},
          outputs: [],
          execution_count: null,
          source
        }
  );
  const kernelspec = { name: kernel, display_name: kernel };
  return JSON.stringify({
    cells,
    metadata: { kernelspec },
    nbformat: 4,
    nbformat_minor: 5
  });
}

/** Opens a new notebook of these cells, and the panel beside it. */
export async function openNotebook(
  page: IJupyterLabPageFixture,
  name: string,
  sources: string[],
  kernel?: string
): Promise<Locator> {
  const path = `${await page.filebrowser.getCurrentDirectory()}/${name}`;
  await page.contents.uploadContent(notebookOf(sources, kernel), 'text', path);
  return openPath(page, path);
}

/** Opens a notebook and the panel beside it. Its kernel has a minute to answer. */
export async function openPath(
  page: IJupyterLabPageFixture,
  path: string
): Promise<Locator> {
  await page.evaluate(async path => {
    type Opened = {
      sessionContext: {
        ready: Promise<void>;
        kernelDisplayStatus: string;
        session: { kernel: { info: Promise<unknown> } | null } | null;
      };
    };
    const { commands, serviceManager } = window.jupyterapp;
    // else JupyterLab may not have heard of the session, and starts another kernel
    await serviceManager.sessions.refreshRunning();
    const opened: Opened = await commands.execute('docmanager:open', { path });
    const { sessionContext } = opened;
    const answers = async () => {
      await sessionContext.ready;
      await sessionContext.session?.kernel?.info;
    };
    const late = new Promise((_, reject) => {
      const told = () => `The kernel is ${sessionContext.kernelDisplayStatus}.`;
      setTimeout(() => reject(new Error(told())), 60_000);
    });
    await Promise.race([answers(), late]);
  }, path);
  await page.sidebar.openTab('jupyter-prodready-panel');
  const panel = page.locator('#jupyter-prodready-panel');
  const name = path.slice(path.lastIndexOf('/') + 1);
  await expect(panel.locator('.jp-Prodready-path')).toHaveText(name);
  return panel;
}

/** A picture in both themes, for whoever looks at them: only where `PHOTOGRAPHS` asks for it. */
export async function photograph(
  page: IJupyterLabPageFixture,
  name: string,
  { dark = true } = {} // it takes a second: not for what is gone then
): Promise<void> {
  if (!process.env.PHOTOGRAPHS) {
    return;
  }
  await page.screenshot({ path: `test-results/${name}.png` });
  if (!dark) {
    return;
  }
  await page.theme.setDarkTheme();
  await page.screenshot({ path: `test-results/${name}-dark.png` });
  await page.theme.setLightTheme();
}

/** Verifications look for no repair: that takes several kernels more. */
export async function withoutRepairs(
  page: IJupyterLabPageFixture
): Promise<void> {
  await page.route('**/jupyter-prodready/verify*', async route => {
    const body = route.request().postDataJSON() as object | null;
    const postData = body && JSON.stringify({ ...body, repair: false });
    await route.continue(postData ? { postData } : {});
  });
}

/** Saves the notebook and loads the page anew, which opens it and the panel again. */
export async function reload(page: IJupyterLabPageFixture): Promise<void> {
  await page.notebook.save();
  await page.reload({ waitForIsReady: false }); // that waits for a launcher
}

/** Runs the cells in this order. */
export async function run(
  page: IJupyterLabPageFixture,
  ...indices: number[]
): Promise<void> {
  for (const index of indices) {
    await page.notebook.runCell(index, true);
  }
}

/** The sources of the page, in order, whatever tab has the focus. */
export async function sources(page: IJupyterLabPageFixture): Promise<string[]> {
  return page.evaluate(() => {
    type Tab = {
      model?: { sharedModel?: { cells?: { getSource(): string }[] } };
    };
    const shell = window.jupyterapp.shell as unknown as {
      widgets(area: string): Iterable<Tab>;
    };
    const found = [...shell.widgets('main')].map(
      ({ model }) => model?.sharedModel?.cells
    );
    const cells = found.find(one => one !== undefined) ?? [];
    return cells.map(cell => cell.getSource());
  });
}

/** The tags of the cell at this place. */
export async function tags(
  page: IJupyterLabPageFixture,
  index: number
): Promise<unknown> {
  return page.evaluate(index => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: {
        model: {
          sharedModel: { cells: { getMetadata(key: string): unknown }[] };
        };
      };
    };
    return currentWidget.model.sharedModel.cells[index].getMetadata('tags');
  }, index);
}

/** The verdict's state, e.g. `in-order`. */
export function verdict(panel: Locator): Locator {
  return panel.locator('.jp-Prodready-verdict');
}

/** The mark of the cell at this place: `data-prodready` of its node. */
export function cellAt(page: IJupyterLabPageFixture, index: number): Locator {
  return page.locator('.jp-Notebook .jp-Cell').nth(index);
}
