import { expect, type IJupyterLabPageFixture } from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { test } from './journey';
import {
  cellAt,
  openNotebook,
  photograph,
  run,
  sources,
  verdict
} from './page';

function mainFix(panel: Locator): Locator {
  return panel.locator('[data-fix=main]');
}

function preview(panel: Locator): Locator {
  return panel.getByRole('group', { name: 'Preview of the fix' });
}

const CELLS = [
  'features = ["age", "fare"]',
  'table = {"age": 22, "fare": 7.25}',
  'row = [table[name] for name in features]\nprint(row)'
];

/** All cells ran, then the one that defines `features` was deleted. */
async function deleteDefinition(
  page: IJupyterLabPageFixture,
  name: string
): Promise<Locator> {
  const panel = await openNotebook(page, name, CELLS);
  await run(page, 0, 1, 2);
  await page.notebook.selectCells(0);
  await page.notebook.deleteCells();
  await expect(verdict(panel)).toHaveAttribute('data-state', 'broken');
  return panel;
}

test('a deleted cell: row, fix, preview, apply, undo', async ({ page }) => {
  const panel = await deleteDefinition(page, 'restore.ipynb');
  const rows = panel.locator('.jp-Prodready-row');
  await expect(rows).toHaveCount(1);
  await expect(mainFix(panel)).toHaveText('Restore the deleted cell above [2]');
  await photograph(page, 'fix-row');

  // cancelled: nothing happened
  await mainFix(panel).click();
  await expect(preview(panel)).toContainText('features = ["age", "fare"]');
  await photograph(page, 'fix-preview');
  await page.keyboard.press('Escape');
  await expect(preview(panel)).toHaveCount(0);
  await expect(mainFix(panel)).toBeFocused();
  expect(await sources(page)).toEqual(CELLS.slice(1));

  // by keyboard: F shows it, Enter applies it; what was typed and not saved stays
  await page.notebook.setCell(0, 'code', `${CELLS[1]}  # mine`);
  await rows.locator('.jp-Prodready-sentence').focus();
  await page.keyboard.press('f');
  await expect(
    preview(panel).getByRole('button', { name: 'Apply' })
  ).toBeFocused();
  await page.keyboard.press('Enter');
  const mended = [CELLS[0], `${CELLS[1]}  # mine`, CELLS[2]];
  await expect(rows).toHaveCount(0);
  expect(await sources(page)).toEqual(mended);
  await expect(verdict(panel)).not.toHaveAttribute('data-state', 'broken');
  await expect(panel.locator('.jp-Prodready-done')).toBeFocused();
  await photograph(page, 'fix-done');

  // one undo of the notebook's own takes it back, and the row is there again
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('notebook:undo-cell-action')
  );
  expect(await sources(page)).toEqual([`${CELLS[1]}  # mine`, CELLS[2]]);
  await expect(rows).toHaveCount(1);
  await expect(panel.locator('.jp-Prodready-done')).toHaveCount(0);

  // so does the panel's
  await mainFix(panel).click();
  await preview(panel).getByRole('button', { name: 'Apply' }).click();
  await expect(rows).toHaveCount(0);
  await panel.getByRole('button', { name: 'Undo' }).click();
  await expect(rows).toHaveCount(1);
  expect(await sources(page)).toEqual([`${CELLS[1]}  # mine`, CELLS[2]]);
});

test('the menu of a cell has the fix of that cell', async ({ page }) => {
  const panel = await deleteDefinition(page, 'menu.ipynb');
  await page.sidebar.close('right');
  const entry = page
    .locator('.lm-Menu-itemLabel')
    .filter({ hasText: /^Fix: / });
  const openMenu = async (index: number) => {
    await cellAt(page, index)
      .locator('.jp-InputArea-prompt')
      .click({ button: 'right' });
    await expect(page.locator('.lm-Menu')).toBeVisible();
  };

  // nothing to mend in the cell above
  await openMenu(0);
  await expect(entry).toHaveCount(0);
  await page.keyboard.press('Escape');

  // both are selected, the other one is active
  await cellAt(page, 1).locator('.jp-InputArea-prompt').click();
  await cellAt(page, 0)
    .locator('.jp-InputArea-prompt')
    .click({ modifiers: ['Shift'] });
  await openMenu(1);
  await expect(entry).toHaveText('Fix: Restore the deleted cell above [2]…');
  await photograph(page, 'fix-menu', { dark: false });
  await entry.click();
  await expect(preview(panel)).toContainText('features = ["age", "fare"]');
  await preview(panel).getByRole('button', { name: 'Apply' }).click();
  await expect(panel.locator('.jp-Prodready-row')).toHaveCount(0);
  expect(await sources(page)).toEqual(CELLS);
});

test('a page that changed since the preview is left alone', async ({
  page
}) => {
  const panel = await deleteDefinition(page, 'stale.ipynb');
  // by command, for the active cell
  await page.notebook.selectCells(1);
  await page.evaluate(() =>
    window.jupyterapp.commands.execute('prodready:fix-problem')
  );
  await expect(preview(panel)).toBeVisible();
  await page.evaluate(() => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: {
        model: { sharedModel: { cells: { setSource(s: string): void }[] } };
      };
    };
    currentWidget.model.sharedModel.cells[0].setSource('table = {"age": 22}');
  });
  await expect(preview(panel)).toContainText(
    'The notebook changed since this preview.'
  );
  await photograph(page, 'fix-stale');
  await preview(panel).getByRole('button', { name: 'Preview again' }).click();
  await preview(panel).getByRole('button', { name: 'Apply' }).click();
  await expect(panel.locator('.jp-Prodready-done')).toBeVisible();
  expect(await sources(page)).toEqual([
    CELLS[0],
    'table = {"age": 22}',
    CELLS[2]
  ]);
});

test('cells out of order: the run is one click, and the row is gone', async ({
  page
}) => {
  const panel = await openNotebook(page, 'order.ipynb', [
    'rate = 0.2',
    'total = 100 * rate',
    'print("total", total)'
  ]);
  const rows = panel.locator('.jp-Prodready-row');
  await run(page, 0, 1, 2);
  await page.notebook.setCell(0, 'code', 'rate = 0.5');
  await page.notebook.runCell(0, true);
  await expect(verdict(panel)).toHaveAttribute('data-state', 'stale');
  await expect(mainFix(panel)).toHaveText('Run [2] and [3]');
  await photograph(page, 'fix-run');
  await mainFix(panel).click();
  await expect(rows).toHaveCount(0);
  await expect(verdict(panel)).not.toHaveAttribute('data-state', 'stale');
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['total 50.0\n']);
  await expect(panel.locator('.jp-Prodready-done')).toContainText(
    'Done: Run [2] and [3]'
  );
});

test('while a cell runs, nothing else to run is offered', async ({ page }) => {
  const panel = await openNotebook(page, 'meanwhile.ipynb', [
    'rate = 0.2',
    'print(100 * rate)',
    'import time\ntime.sleep(3)'
  ]);
  const rows = panel.locator('.jp-Prodready-row');
  await run(page, 0, 1, 2);
  await page.notebook.setCell(0, 'code', 'rate = 0.5');
  await page.notebook.runCell(0, true);
  await expect(mainFix(panel)).toHaveText('Run [2]');
  await page.notebook.selectCells(2);
  await page.evaluate(() => {
    void window.jupyterapp.commands.execute('notebook:run-cell');
  });
  await expect(mainFix(panel)).toHaveCount(0);
  await expect(rows).toHaveCount(1);
  await photograph(page, 'fix-meanwhile', { dark: false });
  await expect(mainFix(panel)).toHaveText('Run [2]');
});

test('a run stops at the first failure, and can be interrupted', async ({
  page
}) => {
  const panel = await openNotebook(page, 'stops.ipynb', [
    'import time\nwait = 0',
    'time.sleep(wait)\nslept = wait',
    'print("slept", slept)'
  ]);
  await run(page, 0, 1, 2);
  await page.notebook.setCell(0, 'code', 'import time\nwait = 600');
  await page.notebook.runCell(0, true);
  await expect(mainFix(panel)).toHaveText('Run [2] and [3]');
  await mainFix(panel).click();
  const interrupt = panel.getByRole('button', { name: 'Interrupt' });
  await expect(interrupt).toBeVisible();
  await expect(panel.locator('.jp-Prodready-running')).toContainText('sleep');
  await photograph(page, 'fix-running', { dark: false });
  await interrupt.click();
  await expect(panel.locator('[data-end=interrupted]')).toContainText(
    '1 cell was not run.'
  );
  await photograph(page, 'fix-stopped');
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['slept 0\n']);
  await panel.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(mainFix(panel)).toHaveText('Run [5] and [3]');

  // a cell that fails ends the run, too
  await page.notebook.setCell(0, 'code', 'import time\nwait = "long"');
  await page.notebook.runCell(0, true);
  await expect(panel.locator('.jp-Prodready-row')).toContainText('[6]');
  await expect(mainFix(panel)).toHaveText(/^Run/);
  await photograph(page, 'fix-again');
  await mainFix(panel).click();
  await expect(panel.locator('[data-end=failed]')).toContainText('failed.');
  await expect(cellAt(page, 1)).toHaveClass(/jp-mod-active/);
  expect(await page.notebook.getCellTextOutput(2)).toEqual(['slept 0\n']);
});

test('with a dead kernel the run is disabled, and says why', async ({
  page
}) => {
  const panel = await openNotebook(page, 'dead.ipynb', [
    'rate = 0.2',
    'print(100 * rate)'
  ]);
  await run(page, 0, 1);
  await page.notebook.setCell(0, 'code', 'rate = 0.5');
  await page.notebook.runCell(0, true);
  await expect(mainFix(panel).first()).toBeEnabled();
  await page.evaluate(async () => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: { sessionContext: { shutdown(): Promise<void> } };
    };
    await currentWidget.sessionContext.shutdown();
  });
  // what is left of the run's row without a kernel, if anything, cannot be clicked
  await expect(panel.locator('[data-fix]:enabled')).toHaveCount(0);
  await photograph(page, 'fix-no-kernel');
});
