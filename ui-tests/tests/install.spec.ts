import { readFileSync } from 'fs';
import { join } from 'path';

import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { test } from './journey';
import {
  openNotebook,
  photograph,
  reload,
  run,
  sources,
  verdict
} from './page';

const BACKEND = join(__dirname, '..', '..', 'tests', 'backend.py');
const PROJECT = `[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]

[project]
name = "shop"
version = "0.1.0"
`;

/** A project whose build does what the `files` say, a notebook in it, and its sheet. */
async function openSheet(
  page: IJupyterLabPageFixture,
  folder: string,
  name: string,
  files: Record<string, string>
): Promise<{ readonly panel: Locator; readonly sheet: Locator }> {
  const all = {
    'pyproject.toml': PROJECT,
    'backend.py': readFileSync(BACKEND, 'utf8'),
    ...files
  };
  for (const [file, text] of Object.entries(all)) {
    await page.contents.uploadContent(text, 'text', `${folder}/${file}`);
  }
  const cells = ['width, height = 3, 4', 'area = width * height', 'area + 1'];
  const panel = await openNotebook(page, name, cells, 'own');
  await run(page, 0, 1, 2);
  await page.notebook.save();
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = page
    .locator('#jp-main-dock-panel')
    .getByRole('region', { name: 'Extract to module' });
  await sheet
    .getByLabel('Module', { exact: true })
    .fill(`${folder}/src/shop/areas.py`);
  await sheet.getByLabel('Function', { exact: true }).fill('measure');
  await sheet.getByRole('button', { name: 'Preview' }).click();
  await expect(sheet).toContainText('a cell adds src to its path');
  return { panel, sheet };
}

test('an install goes on in the panel when the page is loaded anew', async ({
  page,
  tmpPath
}) => {
  const files = { slow: '20' };
  const { panel, sheet } = await openSheet(page, tmpPath, 'again.ipynb', files);
  await sheet.getByRole('button', { name: 'install shop' }).click();
  await sheet.getByRole('button', { name: 'Install shop (editable)' }).click();
  await expect(sheet.getByRole('progressbar')).toBeVisible();
  await reload(page);
  const notice = panel.getByRole('region', { name: 'Install of the project' });
  await expect(notice.getByRole('progressbar')).toBeVisible({ timeout: 30000 });
  await photograph(page, 'install-reloaded');
  await notice.getByRole('button', { name: 'Cancel' }).click();
  await expect(notice).toContainText('Nothing stays written', {
    timeout: 15000
  });
  await notice.getByRole('button', { name: 'Close' }).click();
  await expect(notice).toBeHidden();
});

test('an install saves the cell that adds to the path, and a restart', async ({
  page,
  tmpPath
}) => {
  test.slow(); // two installs and a proof
  const { panel, sheet } = await openSheet(page, tmpPath, 'install.ipynb', {
    broken: ''
  });
  await sheet.getByRole('button', { name: 'install shop' }).click();
  const install = sheet.getByRole('button', {
    name: 'Install shop (editable)'
  });
  await expect(sheet.getByLabel('The command of the install')).toContainText(
    '-m pip install --no-deps --editable'
  );
  await photograph(page, 'install-offer');
  await install.click();
  const last = sheet.getByLabel('What the installer said last');
  await expect(last).toContainText('the backend is broken', { timeout: 30000 });
  await expect(sheet.getByRole('alert')).toContainText('exit code 1');
  await photograph(page, 'install-failed');

  await page.contents.deleteFile(`${tmpPath}/broken`);
  await page.contents.uploadContent('3', 'text', `${tmpPath}/slow`);
  await sheet.getByRole('alert').getByRole('button', { name: 'Retry' }).click();
  await expect(sheet.getByRole('progressbar')).toBeVisible();
  await expect(sheet.locator('.jp-Prodready-said')).toBeVisible();
  await photograph(page, 'install-running', { dark: false });
  await expect(sheet).toContainText('shop is installed in this kernel', {
    timeout: 60000
  });
  await photograph(page, 'install-done');
  const setup = sheet.locator('.jp-Prodready-setup');
  await expect(setup).toContainText('addpackage');
  await expect(sheet.locator('.jp-Prodready-diff')).not.toContainText(
    'sys.path'
  );

  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('The import ran in your kernel', {
    timeout: 60000
  });
  await page.keyboard.press('Escape');
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');
  const index = (await sources(page)).findIndex(one => one.includes('area = '));
  await run(page, index, index + 1); // no restart
  expect(await page.notebook.getCellTextOutput(index + 1)).toEqual(['13']);
  const toast = page.locator('.Toastify__toast');
  await toast
    .filter({ hasText: 'Moved measure' })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(toast.filter({ hasText: 'shop stays installed' })).toContainText(
    'pip uninstall shop'
  );
});
