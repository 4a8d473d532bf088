import { expect, test } from '@playwright/test';

test('the panel works in Notebook 7', async ({ page, request }) => {
  const content = {
    cells: ['x = 41 + 1', 'print("x is", x)'].map((source, index) => ({
      cell_type: 'code',
      id: `c${index}`,
      metadata: {},
      outputs: [],
      execution_count: null,
      source
    })),
    metadata: { kernelspec: { name: 'python3', display_name: 'Python 3' } },
    nbformat: 4,
    nbformat_minor: 5
  };
  await request.put('/api/contents/demo.ipynb', {
    data: { type: 'notebook', format: 'json', content }
  });
  await page.goto('/notebooks/demo.ipynb');
  await page.locator('.jp-Notebook .jp-CodeCell').first().waitFor();
  // a run before the kernel is ready is dropped
  await page.evaluate(async () => {
    const { jupyterapp } = window as unknown as {
      jupyterapp: {
        shell: {
          currentWidget: {
            sessionContext: {
              ready: Promise<void>;
              session: { kernel: { info: Promise<unknown> } };
            };
          };
        };
      };
    };
    const { sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    await sessionContext.session.kernel.info;
  });
  await page.getByText('View', { exact: true }).click();
  await page.getByText('Right Sidebar').hover();
  await page.getByText('Show Production readiness').click();
  const panel = page.locator('#jupyter-prodready-panel');
  await expect(panel.locator('.jp-Prodready-path')).toHaveText('demo.ipynb');

  await page.locator('.jp-CodeCell .cm-content').first().click();
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('Shift+Enter');
  await expect(page.locator('.jp-OutputArea-output').first()).toContainText(
    'x is 42'
  );
  await expect(panel.locator('.jp-Prodready-verdict')).toHaveAttribute(
    'data-state',
    'in-order'
  );
  await page.screenshot({ path: 'test-results-nb7/panel.png' });
  await page.locator('.jp-CodeCell .cm-content').first().click();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('y = 1');
  await expect(panel.locator('.jp-Prodready-verdict')).toHaveAttribute(
    'data-state',
    'broken'
  );
  await page.screenshot({ path: 'test-results-nb7/panel-broken.png' });

  // there are no tabs here: the sheet of an extraction stands in the panel
  await page.locator('.jp-CodeCell').nth(1).click({ button: 'right' });
  await page.getByText('Extract Selected Cells to Module…').click();
  const sheet = panel.getByRole('region', { name: 'Extract to module' });
  await expect(sheet.getByRole('list', { name: 'Refused' })).toBeVisible();
  await expect(sheet.locator('.jp-Prodready-cellLink').first()).toHaveText(
    /print/
  );
  await page.screenshot({ path: 'test-results-nb7/panel-extract.png' });
});
