import { expect } from '@jupyterlab/galata';

import { openPage, preview, sheetOf } from './extraction';
import { test } from './journey';
import { photograph, sources } from './page';

test('a variable that a function reads becomes its parameter', async ({
  page,
  tmpPath
}) => {
  await openPage(page, tmpPath, [
    'limit = 3',
    'def over(rows):\n    return [row for row in rows if row > limit]',
    'print(over([1, 5]))',
    'limit = 4'
  ]);
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await sheet.getByRole('button', { name: 'Preview' }).click();
  await expect(sheet).toContainText('over reads limit, which cell 3 changes');
  await photograph(page, 'extract-refused');
  await sheet.getByRole('button', { name: 'Make limit a parameter' }).click();
  const diff = sheet.locator('.jp-Prodready-diff');
  await expect(diff).toContainText('def over(rows, *, limit)');
  await expect(diff).toContainText('print(over([1, 5], limit=limit))');
});

test('a variable that a function sets is returned, and the page still holds the same', async ({
  page,
  tmpPath
}) => {
  await openPage(page, tmpPath, [
    'total = 0',
    'def add(n):\n    global total\n    total += n',
    'add(2)\nprint(total)'
  ]);
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await sheet.getByRole('button', { name: 'Return total' }).click();
  await expect(sheet.locator('.jp-Prodready-diff')).toContainText(
    'total = add(2, total=total)'
  );
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('Moved add to', { timeout: 60000 });
  expect((await sources(page)).join('\n')).toContain(
    'total = add(2, total=total)'
  );
});

test('what only the kernel holds comes back to the page', async ({
  page,
  tmpPath
}) => {
  await openPage(page, tmpPath, [
    'rate = 0.2',
    'total = 100 * rate\ntotal',
    'print(total)'
  ]);
  await page.notebook.selectCells(0);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('notebook:delete-cell')
  );
  await page.notebook.selectCells(0);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await expect(sheet).toContainText('rate comes from a cell that was deleted');
  await expect(sheet).toContainText('Restore the deleted cell above [2]');
  await photograph(page, 'extract-restore');
  await sheet.getByRole('button', { name: 'Insert the cell' }).click();
  await expect.poll(async () => (await sources(page))[0]).toBe('rate = 0.2');
  await preview(sheet, 'scale');
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('Moved scale to', { timeout: 60000 });
  expect((await sources(page)).join('\n')).toContain('total = scale(rate)');
});

test('selected lines are extracted, and the same code twice in one cell', async ({
  page,
  tmpPath
}) => {
  const double = (name: string) =>
    `${name} = [v * 2 for v in ${name}]\n${name} = [v + 1 for v in ${name}]`;
  await openPage(page, tmpPath, [
    'train, test = [1, 2, 3], [4, 5]',
    `${double('train')}\nprint(train)\n${double('test')}`,
    'print(train, test)'
  ]);
  await page.notebook.enterCellEditingMode(1);
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  const editor = page.locator('.jp-Notebook .jp-CodeCell .cm-content').nth(1);
  await editor.locator('.cm-line').first().click({ button: 'right' });
  const entry = page.getByRole('menuitem', {
    name: 'Extract Selected Lines to Module…'
  });
  await photograph(page, 'extract-lines-menu', { dark: false });
  await entry.click();
  const sheet = sheetOf(page);
  await expect(sheet).toContainText('lines 1–2 only');
  await preview(sheet, 'double');
  await expect(sheet.locator('.jp-Prodready-diff')).toContainText(
    'train = double(train)'
  );
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();

  await page.evaluate(() => {
    const panel = window.jupyterapp.shell.currentWidget as unknown as {
      content: { widgets: { editor: { setSelections(all: object): void } }[] };
    };
    const to = (line: number, column: number) => ({ line, column });
    panel.content.widgets[1].editor.setSelections([
      { start: to(0, 0), end: to(1, 3) },
      { start: to(3, 0), end: to(4, 3) }
    ]);
    return window.jupyterapp.commands.execute('prodready:extract-lines');
  });
  await expect(sheet).toContainText('lines 1–2, 4–5 only');
  await preview(sheet, 'double');
  await photograph(page, 'extract-lines');
  const diff = sheet.locator('.jp-Prodready-diff');
  await expect(diff).toContainText('train = double(train)');
  await expect(diff).toContainText('test = double(test)');
});
