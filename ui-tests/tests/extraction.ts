/** The extract sheet of a page that stands in a project. */
import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { openNotebook, run } from './page';

export const SOURCE = 'area = width * height\nprint("area", area)';

/** A page of a project; its cells ran and it is saved. */
export async function openPage(
  page: IJupyterLabPageFixture,
  folder: string,
  sources = ['width, height = 3, 4', SOURCE, 'area + 1']
): Promise<Locator> {
  await page.contents.uploadContent(
    '[project]\nname = "demo"\nversion = "0.1.0"\n',
    'text',
    `${folder}/pyproject.toml`
  );
  const panel = await openNotebook(page, 'extract.ipynb', sources);
  await run(page, 0, 1, 2);
  await page.notebook.save();
  return panel;
}

export function sheetOf(page: IJupyterLabPageFixture): Locator {
  return page
    .locator('#jp-main-dock-panel')
    .getByRole('region', { name: 'Extract to module' });
}

export async function preview(sheet: Locator, name: string): Promise<string> {
  await sheet.getByLabel('Function', { exact: true }).fill(name);
  await sheet.getByRole('button', { name: 'Preview' }).click();
  await expect(sheet.locator('.jp-Prodready-diff')).toContainText(
    `def ${name}`
  );
  return sheet.getByLabel('Module', { exact: true }).inputValue();
}
