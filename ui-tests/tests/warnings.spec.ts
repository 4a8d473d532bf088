import { expect, test } from '@jupyterlab/galata';

test('the panel opens and follows the notebook', async ({ page }) => {
  await page.notebook.createNew('first.ipynb');
  await page.notebook.setCell(0, 'code', 'x = 41 + 1\nx');
  expect(await page.notebook.runCell(0)).toBeTruthy();
  await page.sidebar.openTab('jupyter-prodready-panel');
  const panel = page.locator('#jupyter-prodready-panel');
  await expect(panel).toBeVisible();
  await expect(panel.locator('.jp-Prodready-path')).toHaveText('first.ipynb');
  await page.screenshot({ path: 'test-results/panel.png' });
});
