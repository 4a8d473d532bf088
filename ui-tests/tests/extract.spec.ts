import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';

import { SOURCE, openPage, preview, sheetOf } from './extraction';
import { test } from './journey';
import { openNotebook, photograph, run, sources, verdict } from './page';

/** From now on, whatever the panel's verdict and its problems say, and for however short. */
async function rememberWords(page: IJupyterLabPageFixture): Promise<void> {
  await page.evaluate(() => {
    const panel = document.querySelector('#jupyter-prodready-panel')!;
    const told = new Set<string>();
    const look = () => {
      const verdict = panel.querySelector<HTMLElement>('.jp-Prodready-verdict');
      const rows = panel.querySelectorAll('.jp-Prodready-cells > li');
      told.add([verdict?.dataset.state, verdict?.textContent].join(': '));
      rows.forEach(row => told.add(row.textContent ?? ''));
      document
        .querySelectorAll<HTMLElement>('.jp-Cell[data-prodready]')
        .forEach(cell => told.add(`cell ${cell.dataset.prodready}`));
    };
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['data-state', 'data-prodready']
    });
    Object.assign(window, { told });
  });
}

async function words(page: IJupyterLabPageFixture): Promise<string[]> {
  return page.evaluate(() => [
    ...(window as unknown as { told: Set<string> }).told
  ]);
}

test('extract a cell to a module that imports, and undo it', async ({
  page,
  tmpPath
}) => {
  const panel = await openPage(page, tmpPath);
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  const module = await preview(sheet, 'measure');
  await expect(sheet.locator('.jp-Prodready-parameters').first()).toContainText(
    'width'
  );
  await sheet.getByLabel('Docstring', { exact: true }).uncheck();
  await expect(sheet.locator('.jp-Prodready-diff')).not.toContainText(
    'Return `area`'
  );
  await expect(sheet.getByLabel('Test with the values')).toBeEnabled();
  const setup = sheet.getByLabel('run the added import in your kernel');
  await expect(setup).toBeChecked();
  await photograph(page, 'extract-preview');

  await rememberWords(page);
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet.getByRole('progressbar')).toBeVisible();
  await photograph(page, 'extract-proof', { dark: false });
  await expect(sheet).toContainText('Moved measure to', { timeout: 60000 });
  await expect(sheet).toContainText(
    'Proven: the page shows and holds the same.'
  );
  const toast = page.locator('.Toastify__toast', {
    hasText: `Moved measure to ${module}`
  });
  for (const name of ['Open', 'Verify']) {
    await expect(toast.getByRole('button', { name })).toBeVisible();
  }
  expect(await page.contents.fileExists(module)).toBe(true);
  await photograph(page, 'extract-applied');
  await expect(sheet).toContainText('The import ran in your kernel');
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  // what a proof found the same is not out of date, and the import counts in its place
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');
  expect(
    (await words(page)).filter(told => /stale|edited/i.test(told))
  ).toEqual([]);
  expect((await words(page)).join()).toContain('Checking what was applied');
  // the cell that finds the package ran, so the call can run with what was there
  await run(page, 2, 3);
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['area 12\n']);
  expect(await page.notebook.getCellTextOutput(3)).toEqual(['13']);

  await toast.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sources(page)).toContain(SOURCE);
  expect(await page.contents.fileExists(module)).toBe(false);
});

test('the import joins another, and runs in the kernel alone', async ({
  page,
  tmpPath
}) => {
  test.slow(); // two proofs
  const call = 'print("area", width * height)\narea = width * height';
  const panel = await openNotebook(page, 'home.ipynb', [
    'import math\nloaded = [1]',
    'width, height = 3, 4',
    call
  ]);
  await run(page, 0, 1, 2);
  await page.notebook.addCell('code', 'loaded.append(2)\nloaded');
  await run(page, 3);
  await page.notebook.selectCells(2);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await sheet.getByLabel('Module', { exact: true }).fill(`${tmpPath}/tools.py`);
  await preview(sheet, 'measure');
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('The import ran in your kernel', {
    timeout: 60000
  });
  // the lines ran, and their cell counts as having run with them
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');
  await page.keyboard.press('Escape');
  const [first] = await sources(page);
  expect(first.split('\n').slice(1)).toEqual([
    '%load_ext autoreload',
    '%autoreload 2',
    'from tools import measure',
    'loaded = [1]'
  ]);
  await page.notebook.addCell('code', '[measure(2, 5), loaded]');
  await run(page, 4); // the import is there, and no other line of its cell ran
  expect(await page.notebook.getCellTextOutput(4)).toEqual([
    'area 10\n',
    '[10, [1, 2]]'
  ]);

  // a name that only the kernel has: nothing runs over it
  await page.notebook.setCell(4, 'code', 'grow = 1');
  await run(page, 4);
  await page.notebook.selectCells(4);
  await page.notebook.deleteCells();
  await page.notebook.selectCells(3);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  await sheet.getByLabel('Module', { exact: true }).fill(`${tmpPath}/tools.py`);
  await preview(sheet, 'grow');
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('your kernel holds grow already', {
    timeout: 60000
  });
  await photograph(page, 'extract-held');
  await expect(verdict(panel)).toHaveAttribute('data-state', 'stale');
});

test('a name for a literal is given as the person chooses, by keyboard, too', async ({
  page,
  tmpPath
}) => {
  const code = 'kept = [row for row in rows if row < LIMIT]\nn = len(kept)';
  const setup = 'rows = [3, 9]';
  await openPage(page, tmpPath, [`LIMIT = 5\n${setup}`, code, 'n']);
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await preview(sheet, 'few');
  const diff = sheet.locator('.jp-Prodready-diff');
  await expect(diff).toContainText('few(rows, LIMIT)');
  const select = sheet.getByLabel('How the function gets LIMIT');
  await select.focus();
  await page.keyboard.type('k');
  await expect(diff).toContainText('def few(rows, *, LIMIT=5):');
  await expect(select).toBeFocused();
  await expect(select).toHaveValue('default');
  await sheet.getByLabel('Docstring', { exact: true }).uncheck();
  await expect(diff).not.toContainText('Return `kept`');
  await expect(select).toHaveValue('default');
  await select.selectOption({ label: 'Constant of the module' });
  await expect(diff).toContainText('def few(rows):');
  await photograph(page, 'extract-settings');
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('Moved few to', { timeout: 60000 });
  await expect.poll(() => sources(page)).toContain(setup);
  expect((await sources(page)).join('\n')).toContain('kept, n = few(rows)');
});

test('cells that show values in between become several functions', async ({
  page,
  tmpPath
}) => {
  const clean = 'rows = [3, 9, 4]\nrows.sort()\nrows';
  const sum = 'total = sum(rows)\nmean = total / 3\nmean';
  await openPage(page, tmpPath, [clean, sum, 'print(mean)']);
  await run(page, 0, 1, 2);
  await page.notebook.selectCells(0, 1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:extract-cells')
  );
  const sheet = sheetOf(page);
  await expect(sheet).toContainText(
    'shows a value that a function cannot show'
  );
  await sheet.getByRole('button', { name: 'Make several functions' }).click();
  await expect(sheet.locator('.jp-Prodready-steps')).toContainText(
    'make_total(rows)'
  );
  await photograph(page, 'extract-several');
  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('Moved 2 functions to', { timeout: 60000 });
  await expect
    .poll(async () => (await sources(page)).join('\n'))
    .toContain('make_total(rows)\nmean');
});

test('the sheet opens from everywhere, once, and closes with its notebook', async ({
  page,
  tmpPath
}) => {
  await openPage(page, tmpPath);
  const sheet = sheetOf(page);
  const cells = sheet.locator('.jp-Prodready-cellLink');
  const leave = async () => {
    await page.keyboard.press('Escape');
    await expect(sheet).toBeHidden();
  };
  await page.locator('.jp-CodeCell').nth(1).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Extract Selected Cells' }).click();
  await expect(cells).toHaveText(/area = width/);
  await expect(sheet.getByLabel('Module', { exact: true })).toBeFocused();
  await leave();

  await page.notebook.selectCells(1, 2);
  await page.keyboard.press('Control+Shift+c');
  await page.locator('.lm-CommandPalette-input').fill('Extract Sel');
  await page.keyboard.press('Enter');
  await expect(cells).toHaveText([/area = width/, /area \+ 1/]);
  await leave();

  await page.notebook.selectCells(1);
  const button = page
    .locator('.jp-CodeCell.jp-mod-active .jp-cell-toolbar')
    .getByRole('button', { name: 'Extract Selected Cells' });
  await button.click();
  await expect(cells).toHaveText(/area = width/);
  await preview(sheet, 'measure');
  await photograph(page, 'extract-sheet');

  const tab = page.getByRole('tab', { name: 'extract.ipynb', exact: true });
  await tab.click();
  await button.click(); // the same tab comes to the front
  await expect(sheet).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Extract from' })).toHaveCount(1);
  await tab.locator('.lm-TabBar-tabCloseIcon').click();
  await expect(page.getByRole('tab', { name: 'Extract from' })).toHaveCount(0);
});

test('an apply whose answer never came is finished, or undone, later', async ({
  page,
  tmpPath
}) => {
  const panel = await openPage(page, tmpPath);
  const notice = panel.getByRole('region', { name: 'Interrupted extraction' });
  const lose = async () => {
    await page.route('**/jupyter-prodready/apply*', async route => {
      await route.fetch();
      await route.abort();
    });
    await page.notebook.selectCells(1);
    await page.evaluate(() =>
      window.jupyterapp.commands.execute('prodready:extract-cells')
    );
    const module = await preview(sheetOf(page), 'measure');
    await sheetOf(page)
      .getByRole('button', { name: 'Apply without proof' })
      .click();
    await expect(notice).toContainText('but this page does not use it');
    return module;
  };
  const module = await lose();
  await photograph(page, 'extract-interrupted');
  await page.keyboard.press('Escape');
  await notice.getByRole('button', { name: 'Undo' }).focus();
  await page.keyboard.press('Enter');
  await expect(notice).toBeHidden();
  expect(await page.contents.fileExists(module)).toBe(false);
  expect(await sources(page)).toContain(SOURCE);

  await lose();
  // the next open of the notebook offers it as well
  await page.reload({ waitForIsReady: false });
  await expect(notice).toContainText('but this page does not use it');
  await expect(page.getByRole('tab', { name: 'Extract from' })).toHaveCount(0);
  await photograph(page, 'extract-unfinished');
  await notice.getByRole('button', { name: 'Finish' }).click();
  await expect(notice).toContainText('Finished');
  expect((await sources(page)).join('\n')).toContain('area = measure(');
  expect(await page.contents.fileExists(module)).toBe(true);
  await notice.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sources(page)).toContain(SOURCE);
  expect(await page.contents.fileExists(module)).toBe(false);
});
