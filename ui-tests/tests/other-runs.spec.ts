import { expect, test } from '@jupyterlab/galata';

import { openNotebook, withoutRepairs } from './page';

const QUICK = JSON.stringify({
  cells: [],
  metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
  nbformat: 4,
  nbformat_minor: 5
});

test('a run of another notebook is seen, opened and cancelled', async ({
  page,
  tmpPath
}) => {
  await withoutRepairs(page);
  const panel = await openNotebook(page, 'slow.ipynb', [
    'import time',
    'time.sleep(300)'
  ]);
  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  await expect(panel.locator('.jp-Prodready-running')).toContainText('of 2');

  const quick = `${tmpPath}/quick.ipynb`;
  await page.contents.uploadContent(QUICK, 'text', quick);
  await page.notebook.openByPath(quick);
  await expect(panel.locator('.jp-Prodready-path')).toHaveText('quick.ipynb');
  // those of the journeys before are listed, too
  await panel.getByRole('button', { name: /^Other notebooks/ }).click();
  const run = panel.locator('li', { hasText: 'slow.ipynb' });
  await expect(run).toContainText('Verification: 1 of 2 cells');
  await page.screenshot({ path: 'test-results/other-runs.png' });
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run).toContainText('Verification: cancelled');
  await run.getByRole('button', { name: 'Forget' }).click();
  await expect(run).toBeHidden();
});
