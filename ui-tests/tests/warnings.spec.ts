import { expect } from '@jupyterlab/galata';

import { test } from './journey';
import { cellAt, openNotebook, photograph, run, verdict } from './page';

test('warnings appear and vanish as cells are run, edited and deleted', async ({
  page
}) => {
  const panel = await openNotebook(page, 'warnings.ipynb', [
    'features = ["age", "fare"]',
    'table = {"age": 1, "fare": 2}',
    'row = [table[name] for name in features]\nprint(row)'
  ]);
  const rows = panel.locator('.jp-Prodready-row');
  const status = page.locator('.jp-Prodready-statusButton');

  await run(page, 0, 1, 2);
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');
  await expect(rows).toHaveCount(0);
  await expect(status).toHaveText('In order');

  // edited after it ran: the output is from old code
  await page.notebook.setCell(
    2,
    'code',
    'print([table[n] for n in features][0])'
  );
  await expect(cellAt(page, 2)).toHaveAttribute('data-prodready', /^edited/);
  await expect(status).toHaveText('Out of date');

  // the edit is taken back
  const source = 'row = [table[name] for name in features]\nprint(row)';
  await page.notebook.setCell(2, 'code', source);
  await expect(cellAt(page, 2)).not.toHaveAttribute('data-prodready', /./);
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');

  // the cell that defines a name is deleted
  await page.notebook.selectCells(0);
  await page.notebook.deleteCells();
  await expect(verdict(panel)).toHaveAttribute('data-state', 'broken');
  await expect(verdict(panel)).toContainText('features');
  await expect(rows).toHaveCount(1);
  await expect(cellAt(page, 1)).toHaveAttribute(
    'data-prodready',
    'fails certain'
  );
  await photograph(page, 'warnings');

  // the row leads to the cell, and opens the page of its check
  await page.notebook.selectCells(0);
  await rows.locator('.jp-Prodready-sentence').click();
  await expect(cellAt(page, 1)).toHaveClass(/jp-mod-active/);
  await rows.getByRole('button', { name: 'Why?' }).click();
  await expect(panel.locator('.jp-Prodready-why')).toContainText(
    'Why it matters'
  );

  // the badge leads back
  await page.sidebar.close('right');
  await cellAt(page, 1).locator('.jp-Prodready-badge').click();
  await expect(panel).toBeVisible();

  // the deleted definition comes back
  await page.notebook.addCell('code', 'pass');
  await page.notebook.setCell(
    0,
    'code',
    'features = ["age", "fare"]\ntable = {"age": 1, "fare": 2}'
  );
  await page.notebook.runCell(0, true);
  await page.notebook.runCell(1, true);
  await expect(verdict(panel)).not.toHaveAttribute('data-state', 'broken');
});

test('a check follows a run within half a second in a notebook of 100 cells', async ({
  page
}) => {
  const cells = Array.from({ length: 100 }, (_, index) =>
    index ? `x${index} = x${index - 1} + 1` : 'x0 = 0'
  );
  const panel = await openNotebook(page, 'hundred.ipynb', cells);
  await page.notebook.run();
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');

  await page.evaluate(() => {
    const shell = window.jupyterapp.shell as unknown as {
      currentWidget: {
        model: { sharedModel: { cells: { setSource(s: string): void }[] } };
      };
    };
    const start = performance.now();
    const verdict = document.querySelector('.jp-Prodready-verdict')!;
    const timing = window as unknown as { took: Promise<number> };
    timing.took = new Promise(resolve => {
      new MutationObserver(() => resolve(performance.now() - start)).observe(
        verdict,
        { attributes: true, subtree: true, characterData: true }
      );
    });
    shell.currentWidget.model.sharedModel.cells[50].setSource('x50 = gone + 1');
  });
  await expect(verdict(panel)).toHaveAttribute('data-state', 'broken');
  const took = await page.evaluate(
    () => (window as unknown as { took: Promise<number> }).took
  );
  console.log(`from edit to verdict: ${Math.round(took)} ms`);
  expect(took).toBeLessThan(500);
});
