import { expect } from '@jupyterlab/galata';

import { faintWords } from './contrast';
import { test } from './journey';
import { cellAt, openNotebook, photograph, run, verdict } from './page';

test('the mark of a cell leads to its row, however far down and folded', async ({
  page
}) => {
  const missing = Array.from({ length: 30 }, (_, n) => `print(gone${n})`);
  const panel = await openNotebook(page, 'marks.ipynb', [
    'x = 1',
    'print(x)',
    ...missing
  ]);
  await run(page, 0, 1);
  await page.notebook.setCell(1, 'code', 'print(x + 1)');
  const rows = panel.locator('.jp-Prodready-row');
  await expect(rows).toHaveCount(30); // the possible one is folded
  const edited = cellAt(page, 1);
  await expect(edited).toHaveAttribute('data-prodready', /^edited/);

  await edited.locator('.jp-Prodready-badge').click();
  const row = panel.locator('[data-check=edited-since-run]');
  await expect(row.locator('.jp-Prodready-sentence')).toBeFocused();
  await expect(row).toBeInViewport();
  await photograph(page, 'panel-mark');
  expect(await faintWords(panel)).toEqual([]);
  await page.theme.setDarkTheme();
  expect(await faintWords(panel)).toEqual([]);
  await page.theme.setLightTheme();

  // what was sought once does not keep the fold open
  await panel.getByRole('button', { name: '1 possible problem' }).click();
  await expect(row).toHaveCount(0);
});

test('the keyboard gets into the panel, and its rows lead back', async ({
  page
}) => {
  const panel = await openNotebook(page, 'keys.ipynb', ['print(gone)']);
  await expect(verdict(panel)).toHaveAttribute('data-state', 'broken');
  await cellAt(page, 0).locator('.cm-content').click();
  await page.keyboard.press('Alt+Shift+P');
  await expect(panel).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(panel.getByRole('button', { name: 'Check now' })).toBeFocused();
  await photograph(page, 'panel-focus');
});

test('while a repair is looked for, its bar stands as the rest does', async ({
  page
}) => {
  const panel = await openNotebook(page, 'looks.ipynb', ['print(gone)']);
  const jobs = '**/jupyter-prodready/verify/*';
  await page.route(jobs, async route => {
    const response = await route.fetch();
    const job = await response.json();
    const looking = { state: 'running', ended_at: null, phase: 'repair' };
    await route.fulfill({
      response,
      json: job.report ? { ...job, ...looking } : job
    });
  });
  await panel.getByRole('button', { name: 'Restart and verify' }).click();
  const stop = panel.getByRole('button', { name: 'Stop looking' });
  await expect(stop).toBeVisible({ timeout: 60000 });
  const inset = await stop.evaluate(node => {
    const edge = node.closest('.jp-Prodready-section')!.getBoundingClientRect();
    return edge.right - node.getBoundingClientRect().right;
  });
  expect(inset).toBe(12);
  await photograph(page, 'panel-searching');
  const [own] = page.context().pages();
  await own.unroute(jobs);
  await expect(stop).toBeHidden({ timeout: 60000 });
});

test('a kernel that was just started is idle, not unknown', async ({
  page
}) => {
  await openNotebook(page, 'idle.ipynb', ['x = 1']);
  await expect(page.locator('#jp-main-statusbar')).toContainText('| Idle');
});

test('without a kernel nothing is offered that needs one', async ({ page }) => {
  const panel = await openNotebook(page, 'none.ipynb', ['x = 1', 'x']);
  const restart = panel.getByRole('button', {
    name: 'Restart this kernel and run all…'
  });
  await expect(restart).toBeEnabled();
  await page.evaluate(async () => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: { sessionContext: { shutdown(): Promise<void> } };
    };
    await currentWidget.sessionContext.shutdown();
  });
  await expect(restart).toBeDisabled();
  await expect(panel).toContainText('No kernel. Choose one to run cells.');
  await photograph(page, 'panel-no-kernel');
});
