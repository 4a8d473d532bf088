import { expect } from '@jupyterlab/galata';

import { test } from './journey';
import {
  openNotebook,
  photograph,
  reload,
  run,
  sources,
  tags,
  withoutRepairs
} from './page';

test('restart and verify, from the click to the cause', async ({ page }) => {
  await withoutRepairs(page);
  const panel = await openNotebook(page, 'verify.ipynb', [
    'features = ["age", "fare"]',
    'print("ready")',
    'chosen = features[0]\nchosen',
    'n = 1',
    'print("n is", n)',
    'import random\nrandom.random()'
  ]);
  await run(page, 0, 1, 2, 3, 4, 5);
  await page.notebook.setCell(0, 'code', 'feature_list = ["age", "fare"]');
  await page.notebook.runCell(0, true);
  await page.notebook.setCell(3, 'code', 'n = 2');

  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  const result = panel.getByRole('region', { name: 'Last verification' });
  await expect(result).toHaveAttribute('data-verdict', 'fails', {
    timeout: 60000
  });
  await expect(result.locator('[data-verdict=error]')).toContainText(
    'NameError'
  );
  await expect(result).toContainText('features');
  await photograph(page, 'verify-fails');

  // the person's own kernel and page are as they were
  expect(await page.notebook.getCellTextOutput(2)).toEqual(["'age'"]);
  await page.notebook.addCell('code', 'chosen');
  await page.notebook.runCell(6, true);
  expect(await page.notebook.getCellTextOutput(6)).toEqual(["'age'"]);
  await expect(result).toContainText('Changed since');

  // what the fresh kernel showed, beside the page
  const changed = result.locator('[data-verdict=changed]');
  await changed.getByText('Compare outputs').click();
  await expect(changed.locator('figure')).toContainText(['n is 1', 'n is 2']);
  await photograph(page, 'verify-compare');
  await changed.getByRole('button', { name: 'Use these outputs' }).click();
  await expect(changed.locator('figure')).toContainText(['n is 2', 'n is 2']);
  expect(await page.notebook.getCellTextOutput(4)).toEqual(['n is 2\n']);
  await changed.getByRole('button', { name: 'Undo' }).click();
  await expect(changed.locator('figure')).toContainText(['n is 1', 'n is 2']);
  expect(await page.notebook.getCellTextOutput(4)).toEqual(['n is 1\n']);
  const noisy = result.locator('[data-verdict=nondeterministic]');
  await noisy.getByRole('button', { name: 'This cell is noisy' }).click();
  await expect(noisy).toContainText('will not be compared');
  expect(await tags(page, 5)).toEqual(['prodready-noisy']);
  await photograph(page, 'verify-noisy');

  // the result survives a closed tab, and the page itself
  await reload(page);
  await expect(result).toHaveAttribute('data-verdict', 'fails');
  await expect(result).toContainText('Changed since');
});

test('it asks before files are written again, and can be cancelled', async ({
  page,
  request
}) => {
  const panel = await openNotebook(page, 'asks.ipynb', [
    'import time',
    'open("note.txt", "w").write("x")',
    'time.sleep(0 if "quick" in globals() else 600)'
  ]);
  await page.notebook.addCell('code', 'quick = True');
  await run(page, 3, 0, 1, 2);
  const kernels = async () =>
    (
      (await (await request.get('/api/kernels')).json()) as { id: string }[]
    ).map(kernel => kernel.id);
  const before = await kernels();

  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  await expect(panel.getByText('would run again')).toBeVisible();
  await photograph(page, 'verify-asks');
  await panel.getByRole('button', { name: 'Skip those' }).click();
  await expect(panel.locator('.jp-Prodready-running')).toContainText('sleep', {
    timeout: 60000
  });
  await photograph(page, 'verify-running', { dark: false });
  await reload(page);
  await expect(panel.locator('.jp-Prodready-running')).toContainText('sleep');
  await panel.getByRole('button', { name: 'Cancel' }).click();
  await expect(panel.getByText('The fresh kernel is gone')).toBeVisible({
    timeout: 30000
  });
  // one of the test before may have gone meanwhile
  expect(before).toEqual(expect.arrayContaining(await kernels()));
});

test('restart this kernel and run all: forecast first, stop at the failure, old outputs back', async ({
  page
}) => {
  const panel = await openNotebook(page, 'restart.ipynb', [
    'import os, time\ntime.sleep(1)\nprint(os.getpid())',
    'print(a + b)',
    'print("last")'
  ]);
  await page.notebook.addCell('code', 'a, b = 1, 2');
  await run(page, 3, 0, 1, 2);
  const [old] = (await page.notebook.getCellTextOutput(0)) ?? [];
  await panel.getByText('Restart this kernel and run all').click();
  await expect(panel.getByText('will fail: mend it')).toBeVisible();
  await photograph(page, 'restart-forecast', { dark: false });
  await panel.getByRole('button', { name: 'Restart anyway' }).click();
  // the old output stays while the cell runs
  await page.waitForFunction(old => {
    const cell = document.querySelector('.jp-Notebook .jp-CodeCell');
    const textOf = (part: string) => cell?.querySelector(part)?.textContent;
    return (
      textOf('.jp-InputPrompt') === '[*]:' &&
      textOf('.jp-OutputArea-output') === old
    );
  }, old);
  await expect(panel.getByText(/Stopped at \[2\] after 1 of 4/)).toBeVisible({
    timeout: 60000
  });
  const [fresh] = (await page.notebook.getCellTextOutput(0)) ?? [];
  expect(Number(fresh)).not.toBe(Number(old));
  // outputs of cells that were not reached stay
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['last\n']);
  await photograph(page, 'restart-stopped');

  await panel
    .getByRole('button', { name: 'Bring back previous outputs' })
    .click();
  await expect(panel.getByText('Previous outputs are back')).toBeVisible();
  expect(await page.notebook.getCellTextOutput(0)).toEqual([old]);
  expect(await page.notebook.getCellTextOutput(1)).toEqual(['3\n']);
  await photograph(page, 'restart-back');
  await panel.getByRole('button', { name: 'Undo' }).click();
  expect(await page.notebook.getCellTextOutput(0)).toEqual([fresh]);
});

test('a repair that was proven is applied and undone', async ({ page }) => {
  const panel = await openNotebook(page, 'repair.ipynb', [
    'x = 20',
    'print(x + 1)'
  ]);
  await run(page, 0, 1);
  await page.notebook.selectCells(0);
  await page.notebook.deleteCells();
  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  const result = panel.getByRole('region', { name: 'Last verification' });
  // the verdict is there while the repair is still looked for
  await expect(result).toContainText('[2] fails in a clean kernel', {
    timeout: 60000
  });
  const repairs = result.getByRole('group', { name: 'Repairs' });
  await expect(repairs).toContainText('Restore the deleted cell above [2]', {
    timeout: 60000
  });
  await expect(repairs).toContainText('proven in a fresh kernel');
  await repairs.getByText('Show the change').click();
  await expect(repairs).toContainText('+x = 20');
  await photograph(page, 'verify-repair');
  await repairs.getByRole('button', { name: 'Apply' }).click();
  await expect.poll(() => sources(page)).toEqual(['x = 20', 'print(x + 1)']);
  await repairs.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => sources(page)).toEqual(['print(x + 1)']);
});
