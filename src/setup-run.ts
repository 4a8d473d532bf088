/** The lines that an extraction adds, run in the page's own kernel. */
import type { Kernel } from '@jupyterlab/services';

import type { IPageView } from './execute';
import type { NotebookContext } from './live';
import type { IExtraction, SetupRun } from './tokens';

/** The kernel of the page, if it waits for something to do. */
export function idleKernel(
  context: NotebookContext
): Kernel.IKernelConnection | null {
  const kernel = context.sessionContext.session?.kernel;
  const isIdle =
    kernel?.status === 'idle' && kernel.connectionStatus === 'connected';
  return kernel && isIdle ? kernel : null;
}

/**
 * Runs nothing but the added lines: as their cell where they are one, so that it shows that it
 * ran. Nothing is run where a name that they bind is in the kernel already, as something else.
 * A kernel that began before an install first reads what a start would have read.
 */
export async function runSetup(
  extraction: IExtraction,
  context: NotebookContext,
  view: IPageView | null
): Promise<SetupRun> {
  const kernel = idleKernel(context);
  if (!kernel) {
    return { kind: 'not-idle' };
  }
  const names = await namesHeld(kernel, extraction.setup_binds);
  if (names.length > 0) {
    return { kind: 'held', names };
  }
  if (extraction.reread) {
    const answer = await kernel.requestExecute({
      code: extraction.reread,
      silent: true, // what its next start does: no run of the page's
      allow_stdin: false
    }).done;
    if (answer.content.status !== 'ok') {
      return { kind: 'failed', message: errorOf(answer.content) };
    }
  }
  const own = extraction.cells.find(
    ({ action, after }) => action === 'insert' && after === extraction.setup
  );
  if (own && view) {
    const isDone = await view.run(own.cell_id);
    return isDone ? { kind: 'ran' } : { kind: 'failed', message: '' };
  }
  const { content } = await kernel.requestExecute({
    code: extraction.setup,
    silent: true, // they stand in a cell that counts as having run with them
    allow_stdin: false
  }).done;
  return content.status === 'ok'
    ? { kind: 'ran' }
    : { kind: 'failed', message: errorOf(content) };
}

/** Looks names up, and calls nothing of the person's. */
async function namesHeld(
  kernel: Kernel.IKernelConnection,
  names: readonly string[]
): Promise<string[]> {
  const { content } = await kernel.requestExecute({
    code: '',
    silent: true,
    store_history: false,
    allow_stdin: false,
    user_expressions: { held: heldExpression(names) }
  }).done;
  const answer = content.status === 'ok' ? content.user_expressions.held : null;
  const found = (answer as IAnswer | null)?.data?.['text/plain'];
  if (typeof found !== 'string') {
    return [...names]; // not known: as if they were
  }
  return [...found.matchAll(/'([^']+)'/g)].map(match => match[1]);
}

interface IAnswer {
  readonly data?: { readonly [mime: string]: unknown };
}

function heldExpression(names: readonly string[]): string {
  const space = '__import__("IPython").get_ipython().user_ns';
  return `(lambda space: [name for name in ${JSON.stringify(names)} if name in space and not (name == "sys" and space[name] is __import__("sys"))])(${space})`;
}

function errorOf(content: object): string {
  const { ename, evalue } = content as { ename?: string; evalue?: string };
  return ename ? `${ename}: ${evalue ?? ''}` : '';
}
