/** Restart this kernel and run all, one cell at a time, with the forecast first. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { ICellModel, ICodeCellModel } from '@jupyterlab/cells';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IPageView } from './execute';
import { KeptOutputs } from './kept';
import type { NotebookContext } from './live';
import { isShown, show, showsSame, shownBy, type IShown } from './outputs';
import type { ICellName, INotebookReport, RestartState } from './tokens';

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
  async run(view: IPageView): Promise<void> {
    const cells = this._codeCells();
    const total = cells.length;
    this._before = cells.flatMap(cell => this._trusted(cell) ?? []);
    this._set({ phase: 'running', done: 0, total, stopping: false });
    const { sessionContext } = this._host.context;
    if (!(await this._restarted(sessionContext))) {
      return;
    }
    for (const [done, cell] of cells.entries()) {
      this._advance(done);
      if (this._isStopping) {
        this._end(done, total, null);
        return;
      }
      if (!(await runKept(view, cell, this._host))) {
        this._end(done, total, this._host.nameOf(cell.id));
        await view.jump({ cellId: cell.id, line: 1 });
        return;
      }
    }
    this._end(total, total, null);
  }

  /** Shows again what cells showed before the restart, where their code is the same. */
  async bringBack(): Promise<void> {
    if (this._state.phase !== 'ended' || this._state.previous !== 'kept') {
      return;
    }
    const changed = this._differing();
    this._after = changed.flatMap(
      shown => shownBy(this._page, shown.cellId) ?? []
    );
    changed.forEach(shown => show(this._page, shown));
    this._set({ ...this._state, previous: 'back' });
    await this._host.refresh();
  }

  /** Takes `bringBack` back, but for cells that were run or edited since. */
  async undoBringBack(): Promise<void> {
    if (this._state.phase !== 'ended' || this._state.previous !== 'back') {
      return;
    }
    for (const shown of this._after) {
      const old = this._before.find(one => one.cellId === shown.cellId);
      if (old && isShown(this._page, old)) {
        show(this._page, shown);
      }
    }
    this._set({ ...this._state, previous: 'kept' });
    await this._host.refresh();
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

  private _codeCells(): readonly ICodeCellModel[] {
    return [...this._page.cells].filter(isCode);
  }

  /** Nothing of a cell that is not trusted: it is once it ran, and old scripts would be. */
  private _trusted(cell: ICodeCellModel): IShown | null {
    return cell.trusted ? shownBy(this._page, cell.id) : null;
  }

  /** What can be brought back: of cells with the same code that show something else. */
  private _differing(): readonly IShown[] {
    return this._before.filter(old => {
      const now = shownBy(this._page, old.cellId);
      return now?.source === old.source && !showsSame(now, old);
    });
  }

  private _end(done: number, total: number, failed: ICellName | null): void {
    const previous = this._differing().length > 0 ? 'kept' : 'none';
    this._set({ phase: 'ended', done, total, failed, previous });
  }

  private get _page() {
    return this._host.context.model;
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
  /** What the cells showed before the restart, and before it was brought back. */
  private _before: readonly IShown[] = [];
  private _after: readonly IShown[] = [];
}

/** True where the cell ran to its end, or is gone. */
async function runKept(
  view: IPageView,
  cell: ICodeCellModel,
  host: IRestartHost
): Promise<boolean> {
  if (!host.nameOf(cell.id)) {
    return true;
  }
  const kept = new KeptOutputs(cell);
  const endedWell = await view.run(cell.id);
  kept.release(endedWell);
  return endedWell || !host.nameOf(cell.id);
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

function isCode(cell: ICellModel): cell is ICodeCellModel {
  return cell.type === 'code';
}
