/** Restart this kernel and run all, one cell at a time, with the forecast first. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';
import { Signal, type ISignal } from '@lumino/signaling';

import type { NotebookContext } from './live';
import type {
  ICellName,
  INotebookReport,
  IPlace,
  RestartState
} from './tokens';

/** What the run needs of the model that owns it. */
export interface IRestartHost {
  readonly context: NotebookContext;
  readonly report: INotebookReport | null;
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

  private async _restarted(session: ISessionContext): Promise<boolean> {
    try {
      await session.restartKernel();
      return true;
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      this._set({
        phase: 'failed',
        problem: { kind: 'refused', message, hint: '' }
      });
      return false;
    }
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

function isCode(cell: Cell): boolean {
  return cell.model.type === 'code';
}

/** True where the cell ran to its end; a cell that was deleted meanwhile counts. */
async function runOne(
  panel: NotebookPanel,
  cell: Cell,
  session: ISessionContext
): Promise<boolean> {
  if (cell.isDisposed) {
    return true;
  }
  return NotebookActions.runCells(panel.content, [cell], session);
}
