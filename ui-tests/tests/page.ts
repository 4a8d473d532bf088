import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

/** Opens a notebook of these cells, and the panel beside it; headings are text cells. */
export async function openNotebook(
  page: IJupyterLabPageFixture,
  name: string,
  sources: string[],
  kernel?: string
): Promise<Locator> {
  await page.notebook.createNew(name, kernel ? { kernel } : undefined);
  const kind = (source: string) => (/^#+ /.test(source) ? 'markdown' : 'code');
  await page.notebook.setCell(0, kind(sources[0]), sources[0]);
  for (const source of sources.slice(1)) {
    await page.notebook.addCell(kind(source), source);
  }
  await page.sidebar.openTab('jupyter-prodready-panel');
  const panel = page.locator('#jupyter-prodready-panel');
  await expect(panel.locator('.jp-Prodready-path')).toHaveText(name);
  return panel;
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
