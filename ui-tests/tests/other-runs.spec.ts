import { expect } from '@jupyterlab/galata';

import { test } from './journey';
import { openNotebook, photograph, withoutRepairs } from './page';

test('a run of another notebook is seen, opened and cancelled', async ({
  page
}) => {
  await withoutRepairs(page);
  const panel = await openNotebook(page, 'slow.ipynb', [
    'import time',
    'time.sleep(300)'
  ]);
  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  await expect(panel.locator('.jp-Prodready-running')).toContainText('of 2');

  await openNotebook(page, 'quick.ipynb', []);
  // those of the journeys before are listed, too
  await panel.getByRole('button', { name: /^Other notebooks/ }).click();
  const run = panel.locator('li', { hasText: 'slow.ipynb' });
  await expect(run).toContainText('Verification: 1 of 2 cells');
  await photograph(page, 'other-runs');
  await run.getByRole('button', { name: 'Cancel' }).click();
  await expect(run).toContainText('Verification: cancelled');
  await run.getByRole('button', { name: 'Forget' }).click();
  await expect(run).toBeHidden();
});
