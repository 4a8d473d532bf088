import {
  expect,
  galata,
  type IJupyterLabPageFixture
} from '@jupyterlab/galata';
import type { Locator } from '@playwright/test';

import { test, waitForLauncher } from './journey';
import {
  cellAt,
  openNotebook,
  openPath,
  photograph,
  run,
  sources,
  verdict
} from './page';

/** Check and cell of every row: prompts differ, for each page has its own outputs. */
async function rows(panel: Locator): Promise<string[]> {
  return panel.locator('.jp-Prodready-row').evaluateAll(rows =>
    rows.map(row => {
      const { check } = (row as HTMLElement).dataset;
      const cell = row.parentElement?.querySelector('code')?.textContent;
      return `${check}: ${cell}`;
    })
  );
}

function kernelOf(page: IJupyterLabPageFixture): Promise<string | undefined> {
  return page.evaluate(() => {
    const { currentWidget } = window.jupyterapp.shell as unknown as {
      currentWidget: {
        sessionContext: { session: { kernel: { id: string } } | null };
      };
    };
    return currentWidget.sessionContext.session?.kernel.id;
  });
}

function command(page: IJupyterLabPageFixture, id: string): Promise<void> {
  return page.evaluate(id => {
    void window.jupyterapp.commands.execute(id); // it may ask first
  }, id);
}

const CELLS = ['items = []', 'items.append(1)', 'print(items)'];

test('two pages of one notebook on one kernel', async ({
  page,
  baseURL,
  browser,
  tmpPath
}) => {
  const mine = await openNotebook(page, 'shared.ipynb', CELLS);
  await run(page, 0, 1, 2);
  await page.notebook.save();
  const { page: other } = await galata.newPage({
    baseURL: baseURL!,
    browser,
    waitForApplication: waitForLauncher,
    mockKernels: false,
    mockSessions: false,
    tmpPath
  });
  const theirs = await openPath(other, `${tmpPath}/shared.ipynb`);
  await expect(verdict(mine)).toHaveAttribute('data-state', 'in-order');
  await expect(verdict(theirs)).toHaveAttribute('data-state', 'in-order');
  expect(await kernelOf(other)).toBe(await kernelOf(page));

  // a run in one page is told in both
  await run(page, 1, 2);
  await expect(verdict(mine)).toHaveAttribute('data-state', 'stale');
  await expect(verdict(theirs)).toHaveAttribute('data-state', 'stale');
  expect(await rows(mine)).toEqual([`repeated-run: ${CELLS[1]}`]);
  await expect.poll(() => rows(theirs)).toEqual(await rows(mine));
  await photograph(other, 'two-pages-run');

  // the fix in the other page runs the cells for both
  await theirs.locator('[data-fix=main]').click();
  for (const panel of [mine, theirs]) {
    await expect(panel.locator('.jp-Prodready-row')).toHaveCount(0);
  }

  // a fix that edits the page stays in its page until it is saved
  await page.notebook.selectCells(0);
  await page.notebook.deleteCells();
  await expect(verdict(mine)).toHaveAttribute('data-state', 'broken');
  await expect(verdict(theirs)).not.toHaveAttribute('data-state', 'broken');
  await mine.locator('[data-fix=main]').first().click();
  await mine.getByRole('button', { name: 'Apply' }).click();
  await expect(mine.locator('.jp-Prodready-row')).toHaveCount(0);
  const mended = await sources(page);
  expect(mended).toEqual(CELLS);
  await page.notebook.setCell(2, 'code', 'print("mine", items)');
  await page.notebook.save();

  // what was typed meanwhile in the other page is not lost, nor overwrites the fix
  await other.notebook.setCell(1, 'code', 'items.append(2)');
  await command(other, 'docmanager:save');
  const dialog = other.locator('.jp-Dialog');
  await expect(dialog).toContainText('has changed on disk');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect((await sources(other))[1]).toBe('items.append(2)');
  expect((await sources(page))[1]).toBe('items.append(1)');

  // and once it is loaded again, it has what was saved
  await command(other, 'docmanager:reload');
  await dialog.locator('.jp-mod-accept').click();
  await expect(cellAt(other, 2)).toContainText('mine');
  expect(await sources(other)).toEqual(await sources(page));
  for (const panel of [mine, theirs]) {
    await expect
      .poll(() => rows(panel))
      .toEqual(['edited-since-run: print("mine", items)']);
  }
  await photograph(other, 'two-pages-reloaded');
  await other.context().close();
});
