import { expect, test } from '@jupyterlab/galata';

import { openNotebook, run } from './page';

test('extract a cell to a module that imports, and undo it', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(
    '[project]\nname = "demo"\nversion = "0.1.0"\n',
    'text',
    `${tmpPath}/pyproject.toml`
  );
  const source = 'area = width * height\nprint("area", area)';
  const panel = await openNotebook(page, 'extract.ipynb', [
    'width, height = 3, 4',
    source,
    'area + 1'
  ]);
  await run(page, 0, 1, 2);
  await page.notebook.save();
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = panel.getByRole('region', { name: 'Extract to module' });
  await sheet.getByLabel('Function').fill('measure');
  await sheet.getByRole('button', { name: 'Preview' }).click();
  await expect(sheet.locator('.jp-Prodready-diff')).toContainText(
    'def measure'
  );
  await expect(sheet.locator('.jp-Prodready-parameters').first()).toContainText(
    'width'
  );
  await page.screenshot({ path: 'test-results/extract-preview.png' });
  const module = await sheet.getByLabel('Module').inputValue();

  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet.getByRole('progressbar')).toBeVisible();
  await page.screenshot({ path: 'test-results/extract-proof.png' });
  await expect(sheet).toContainText('Moved measure to', { timeout: 60000 });
  await expect(sheet).toContainText(
    'Proven: the page shows and holds the same.'
  );
  await expect(
    page.locator('.jp-toast-message', { hasText: `Moved measure to ${module}` })
  ).toBeVisible();
  expect(await page.contents.fileExists(module)).toBe(true);
  await page.screenshot({ path: 'test-results/extract-applied.png' });
  // a cell that finds the package comes first, then the call
  await run(page, 0, 1, 2, 3);
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['area 12\n']);
  expect(await page.notebook.getCellTextOutput(3)).toEqual(['13']);

  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect(sheet).toBeHidden();
  expect(await page.notebook.getCellTextInput(1)).toBe(source);
  expect(await page.contents.fileExists(module)).toBe(false);
});
