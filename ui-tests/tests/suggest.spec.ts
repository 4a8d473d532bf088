import { expect } from '@jupyterlab/galata';

import { test } from './journey';
import { openNotebook, photograph } from './page';

const TRAIN =
  'train_low = min(train)\ntrain_high = max(train)\ntrain_span = train_high - train_low';

test('what is ready to extract is listed, and opens the sheet', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(
    '[project]\nname = "demo"\nversion = "0.1.0"\n',
    'text',
    `${tmpPath}/pyproject.toml`
  );
  const panel = await openNotebook(page, 'suggest.ipynb', [
    'train = [3, 1, 2]\ntest = [9, 8]',
    TRAIN,
    'print(train_span)',
    TRAIN.replaceAll('train', 'test'),
    'print(test_span)'
  ]);
  const fold = panel.getByRole('button', { name: 'Ready to extract (1)' });
  await fold.focus();
  await page.keyboard.press('Enter');
  const list = panel.getByRole('region', { name: 'Ready to extract' });
  await expect(list.getByRole('listitem')).toContainText(
    'same code, other names - pure'
  );
  await photograph(page, 'suggest');

  await list.getByRole('button', { name: 'Extract…' }).focus();
  await page.keyboard.press('Enter');
  const sheet = page.getByRole('region', { name: 'Extract to module' });
  await expect(sheet.getByLabel('Function', { exact: true })).toHaveValue(
    'make_train_low'
  );
  const diff = sheet.locator('.jp-Prodready-diff');
  await expect(diff).toContainText('make_train_low(test)');
  await expect(sheet).toContainText('same code, other names.');
  await sheet.getByRole('button', { name: 'Apply without proof' }).click();
  await expect(sheet).toContainText('Moved make_train_low to');
  // what was extracted is no longer offered
  await expect(fold).toBeHidden();
});
