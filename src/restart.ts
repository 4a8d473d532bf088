/** Restart this kernel and run all, one cell at a time, with the forecast first. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';

import { runOne } from './execute';
import type { NotebookContext } from './live';
import type {
  ICellName,
  INotebookReport,
  IPlace,
  RestartState
} from './tokens';

/**
 * How long a restarted kernel may take to answer, and how often it is asked. Where
 * core reconnects before the kernel listens, what is sent then is never answered
 * (seen with JupyterLab 4.6.6 and jupyter_server 2.21.1): connect again, ask again.
 */
const PATIENCE = 3000;
const MOST_QUESTIONS = 20;

/** What the run needs of the model that owns it. */
export interface IRestartHost {
  readonly context: NotebookContext;
  readonly report: INotebookReport | null;
  readonly runs: { readonly session: string | null };
  nameOf(cellId: string): ICellName | null;
  refresh(): Promise<void>;
}

/** How the run reaches the page: a view of the notebook, and a way to jump. */
export interface IRestartView {
  readonly panel: NotebookPanel;
  jump(place: IPlace): Promise<void>;
}

export class RestartRun {
  constructor(private readonly _host: IRestartHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get state(): RestartState {
    return this._state;
  }

  /** Shows the forecast: which cells will fail, so that nothing is lost for it. */
  async ask(): Promise<void> {
    if (this._state.phase === 'running') {
      return;
    }
    await this._host.refresh();
    const failing = (this._host.report?.cells ?? [])
      .filter(cell => cell.restart === 'fails')
      .flatMap(cell => this._host.nameOf(cell.id) ?? []);
    this._set({ phase: 'asking', failing });
  }

  dismiss(): void {
    if (this._state.phase !== 'running') {
      this._set({ phase: 'idle' });
    }
  }

  /** Runs no further cell after the one that runs now. */
  stop(): void {
    if (this._state.phase === 'running') {
      this._set({ ...this._state, stopping: true });
    }
  }

  /**
   * Restarts and runs the code cells in page order, each only after the one before
   * succeeded: the outputs of cells that were not reached stay.
   */
  async run(view: IRestartView): Promise<void> {
    const cells = view.panel.content.widgets.filter(isCode);
    const total = cells.length;
    this._set({ phase: 'running', done: 0, total, stopping: false });
    const { sessionContext } = this._host.context;
    if (!(await this._restarted(sessionContext))) {
      return;
    }
    for (const [done, cell] of cells.entries()) {
      this._advance(done);
      if (this._isStopping) {
        this._set({ phase: 'ended', done, total, failed: null });
        return;
      }
      const { id } = cell.model;
      if (!(await runOne(view.panel, cell, sessionContext))) {
        const failed = this._host.nameOf(id);
        this._set({ phase: 'ended', done, total, failed });
        await view.jump({ cellId: id, line: 1 });
        return;
      }
    }
    this._set({ phase: 'ended', done: total, total, failed: null });
  }

  /** True when another kernel answers; core itself only logs a failed restart. */
  private async _restarted(session: ISessionContext): Promise<boolean> {
    await session.restartKernel();
    if ((await answers(session)) && this._host.runs.session !== null) {
      return true;
    }
    const problem = { kind: 'not-restarted', message: '', hint: '' } as const;
    this._set({ phase: 'failed', problem });
    return false;
  }

  private get _isStopping(): boolean {
    return this._state.phase === 'running' && this._state.stopping;
  }

  private _advance(done: number): void {
    if (this._state.phase === 'running') {
      this._set({ ...this._state, done });
    }
  }

  private _set(state: RestartState): void {
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: RestartState = { phase: 'idle' };
}

async function answers(session: ISessionContext): Promise<boolean> {
  for (let question = 0; question < MOST_QUESTIONS; question++) {
    const kernel = session.session?.kernel;
    if (question > 0) {
      await kernel?.reconnect().catch(() => undefined); // tried again below
    }
    const patience = pause(PATIENCE);
    // rejected where the connection was lost meanwhile
    const reply = kernel?.requestKernelInfo().then(
      info => info ?? patience,
      () => patience
    );
    if (await Promise.race([reply ?? patience, patience])) {
      return true;
    }
  }
  return false;
}

function pause(milliseconds: number): Promise<undefined> {
  return new Promise(resolve =>
    window.setTimeout(() => resolve(undefined), milliseconds)
  );
}

function isCode(cell: Cell): boolean {
  return cell.model.type === 'code';
}
