import {
  galata,
  test as base,
  type IJupyterLabPageFixture
} from '@jupyterlab/galata';
import type { APIRequestContext, Page } from '@playwright/test';

/**
 * Journeys in one page of JupyterLab: to load it takes longer than most of them. Each starts in
 * a folder of its own, with nothing open and no session; after a failure the page is a new one.
 */
export const test = base.extend<object, { lab: IJupyterLabPageFixture }>({
  // Galata answers for kernels otherwise: without interrupts, and all that hung at a start had it
  kernels: null,
  sessions: null,
  lab: [
    async ({ browser }, use, { project }) => {
      const { page } = await galata.newPage({
        baseURL: project.use.baseURL!,
        browser,
        waitForApplication: waitForLauncher,
        autoGoto: false,
        mockKernels: false,
        mockSessions: false,
        mockTerminals: false
      });
      page.setDefaultTimeout(30_000); // a click that waits for longer waits for ever
      await page.setViewportSize(project.use.viewport!);
      await page.goto('?reset');
      await use(page);
      await page.context().close();
    },
    { scope: 'worker' }
  ],
  page: async ({ lab, request, tmpPath }, use, info) => {
    await lab.evaluate(
      path =>
        window.jupyterapp.commands.execute('filebrowser:go-to-path', { path }),
      tmpPath
    );
    await use(lab);
    if (info.status === info.expectedStatus) {
      await leave(lab);
    }
    await endSessions(request);
  }
});

export async function waitForLauncher(page: Page): Promise<void> {
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached' });
  await page.locator('.jp-Launcher').waitFor();
}

/** Closes all that the journey opened, without a question. */
async function leave(page: IJupyterLabPageFixture): Promise<void> {
  const [own] = page.context().pages(); // what Galata wraps it in takes no route back
  for (const answered of ['apply', 'verify']) {
    await own.unroute(`**/jupyter-prodready/${answered}*`);
  }
  const wasReloaded = await page.evaluate(async () => {
    type Document = { context?: { model: { dirty: boolean } } };
    const { commands, shell } = window.jupyterapp;
    const { widgets } = shell as unknown as {
      widgets(area: string): Iterable<Document>;
    };
    for (const { context } of widgets.call(shell, 'main')) {
      if (context) {
        context.model.dirty = false;
      }
    }
    await commands.execute('application:close-all');
    await commands.execute('filebrowser:go-to-path', { path: '/' });
    document
      .querySelectorAll<HTMLElement>('.Toastify__close-button')
      .forEach(button => button.click());
    const [load] = performance.getEntriesByType('navigation');
    return (load as PerformanceNavigationTiming).type === 'reload';
  });
  if (wasReloaded) {
    await page.goto('?reset'); // it may still be about to open the notebook of its address
  }
}

async function endSessions(request: APIRequestContext): Promise<void> {
  const listed = await (await request.get('/api/sessions')).json();
  for (const { id } of listed as { id: string }[]) {
    await request.delete(`/api/sessions/${id}`);
  }
}
