/** An open notebook for tests: JupyterLab's own model, a session without a kernel. */
import type { ISessionContext } from '@jupyterlab/apputils';
import { NotebookModel } from '@jupyterlab/notebook';
import { Signal } from '@lumino/signaling';

import type { NotebookContext } from '../live';
import type { INotebookReport } from '../tokens';

export interface IOpenNotebook {
  readonly context: NotebookContext;
  readonly model: NotebookModel;
  readonly kernel: IFakeKernel;
}

export interface IFakeKernel {
  status(status: string): void;
  /** A kernel that is connected and in this state; null for none. */
  isThere(status: string | null): void;
  readonly interrupt: jest.Mock;
  /** The session's kernel is set: the ids of the old and the new one. */
  changed(before: string, after: string): void;
  /** Publishes that a run of another client began. */
  began(code: string, count: number, session?: string): void;
  /** Publishes one run of another client from begin to end. */
  ran(code: string, count: number, session?: string): void;
}

export function openNotebook(...sources: string[]): IOpenNotebook {
  const model = new NotebookModel();
  sources.forEach((source, index) =>
    model.sharedModel.insertCell(index, {
      cell_type: 'code',
      id: `c${index}`,
      source
    })
  );
  const sessionContext = fakeSession();
  const context = {
    model,
    localPath: 'work/n.ipynb',
    path: 'work/n.ipynb',
    sessionContext
  } as unknown as NotebookContext;
  Object.assign(context, { pathChanged: new Signal(context) });
  return { context, model, kernel: kernelOf(sessionContext) };
}

function fakeSession(): ISessionContext {
  const session = { session: null } as unknown as ISessionContext;
  return Object.assign(session, {
    kernelChanged: new Signal(session),
    statusChanged: new Signal(session),
    connectionStatusChanged: new Signal(session),
    iopubMessage: new Signal(session),
    restartKernel: async () => undefined
  });
}

function kernelOf(context: ISessionContext): IFakeKernel {
  const emit = (signal: unknown, args: unknown) =>
    (signal as Signal<ISessionContext, unknown>).emit(args);
  const publish = (
    type: string,
    content: object,
    count: number,
    session: string
  ) =>
    emit(context.iopubMessage, {
      header: { msg_type: type, session },
      parent_header: { msg_id: `${count}`, session: 'console' },
      content
    });
  const began = (code: string, count: number, session = 'kernel-1') => {
    const content = { code, execution_count: count };
    publish('execute_input', content, count, session);
  };
  const interrupt = jest.fn(async () => undefined);
  return {
    began,
    interrupt,
    isThere: status =>
      Object.assign(context, {
        session: status && {
          kernel: {
            status,
            interrupt,
            connectionStatus: 'connected',
            clientId: 'page',
            id: 'k1',
            info: new Promise(() => undefined),
            requestKernelInfo: async () => ({})
          }
        }
      }),
    status: status => emit(context.statusChanged, status),
    changed: (before, after) =>
      emit(context.kernelChanged, {
        oldValue: { id: before },
        newValue: { id: after }
      }),
    ran: (code, count, session = 'kernel-1') => {
      began(code, count, session);
      publish('status', { execution_state: 'idle' }, count, session);
    }
  };
}

/** A report that says nothing but its verdict. */
export function reportOf(changes: Partial<INotebookReport>): INotebookReport {
  return {
    path: 'work/n.ipynb',
    verdict: { state: 'in-order', message: 'So far, so good' },
    cells: [],
    findings: [],
    suppressed: [],
    skipped: [],
    ...changes
  };
}
