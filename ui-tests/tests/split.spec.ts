import { expect } from '@jupyterlab/galata';

import { test } from './journey';
import { openNotebook, photograph, run, sources, verdict } from './page';

test('a page is split at its headings, proven, and one undo takes it back', async ({
  page,
  tmpPath
}) => {
  await page.contents.uploadContent(
    '[project]\nname = "demo"\nversion = "0.1.0"\n',
    'text',
    `${tmpPath}/pyproject.toml`
  );
  const panel = await openNotebook(page, 'split.ipynb', [
    '## Read the prices',
    'prices = [3, 1, 2]\nprices = [price * 2 for price in prices]',
    '## Clean',
    'low = min(prices)\nprices = [price - low for price in prices]',
    '## Sum up',
    'total = 0\nfor price in prices:\n    total += price',
    'mean = total / len(prices)\nprint(mean)'
  ]);
  await run(page, 1, 3, 5, 6);
  await page.notebook.save();
  const before = await sources(page);
  await panel.getByRole('button', { name: /^Ready to extract/ }).click();
  await panel.getByRole('button', { name: 'Split at the headings…' }).click();
  const sheet = page
    .locator('#jp-main-dock-panel')
    .getByRole('region', { name: 'Extract to module' });
  const list = sheet.getByRole('list', { name: 'Sections that move' });
  await expect(list).toContainText('make_mean(total, prices) → mean');
  // where a signature takes several lines, the prompt of its cell is still whole
  const clipped = await list.evaluate(node => {
    node.style.width = '160px';
    const links = [...node.querySelectorAll('.jp-Prodready-cellLink')];
    const cut = links.filter(link => link.scrollWidth > link.clientWidth);
    node.style.width = '';
    return cut.map(link => link.textContent);
  });
  expect(clipped).toEqual([]);
  await photograph(page, 'split');
  await list.getByLabel('Clean').uncheck();
  const diff = sheet.locator('.jp-Prodready-diff');
  await expect(diff).not.toContainText('def clean');
  await expect(diff).toContainText('def sum_up');

  await sheet.getByRole('button', { name: 'Prove and apply' }).click();
  await expect(sheet).toContainText('Moved 3 functions to modules in', {
    timeout: 60000
  });
  await expect(sheet).toContainText(
    'Proven: the page shows and holds the same.'
  );
  await expect(sheet).toContainText('go on without a restart');
  await expect(verdict(panel)).toHaveAttribute('data-state', 'in-order');
  await photograph(page, 'split-applied');
  const folder = `${tmpPath}/src/demo`;
  for (const name of ['read_prices.py', 'sum_up.py']) {
    expect(await page.contents.fileExists(`${folder}/${name}`)).toBe(true);
  }
  expect(await page.contents.fileExists(`${folder}/clean.py`)).toBe(false);

  await sheet.getByRole('button', { name: 'Undo' }).click();
  await expect
    .poll(() => page.contents.fileExists(`${folder}/sum_up.py`))
    .toBe(false);
  await expect.poll(() => sources(page)).toEqual(before);
});
