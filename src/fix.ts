/** One fix of one finding, seen from the page: preview and apply, or run, and undo. */
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { EditConflict, applyEdits, checkEdits, type IUndoEdits } from './edits';
import type { IPageView } from './execute';
import type { NotebookContext } from './live';
import {
  FixProblem,
  asShown,
  obstacleOf,
  offerOf,
  refuseLocked
} from './offers';
import { ApiError } from './request';
import type {
  FixObstacle,
  FixPhase,
  FixState,
  ICellName,
  IFinding,
  IFix,
  IFixing,
  ILive,
  ILiveCell,
  INotebookReport,
  IProblem
} from './tokens';

/** How long it is told that cells ran. */
const TELL = 6000;

/** What the sheet needs of the model that owns it. */
export interface IFixHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  readonly report: INotebookReport | null;
  readonly problem: IProblem | null;
  readonly restart: { ask(): Promise<void> };
  cells(): ILiveCell[];
  live(): ILive;
  nameOf(cellId: string): ICellName | null;
  caughtUp(): Promise<void>;
  refresh(): Promise<void>;
}

export class FixSheet {
  constructor(private readonly _host: IFixHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Null where no fix is under way or worth telling. */
  get state(): FixState | null {
    const state = this._state;
    if (state?.phase === 'preview') {
      return { ...state, isCurrent: this._seen === pageOf(this._host.cells()) };
    }
    // Undo of the page itself, or an edit, took the fix back: there is nothing to tell
    return state?.phase === 'done' && state.undoable && !this._canUndo
      ? null
      : state;
  }

  /** The problems to show: while cells run, those of the click, so that no row jumps. */
  get report(): INotebookReport | null {
    return this._state?.phase === 'running' ? this._clicked : this._host.report;
  }

  dispose(): void {
    window.clearTimeout(this._timer);
    Signal.clearData(this);
  }

  /** Why this fix cannot be made now; null where it can. */
  obstacleOf(fix: IFix): FixObstacle | null {
    return this._isUnderWay ? 'under-way' : obstacleOf(fix, this._host.context);
  }

  /** The fix was clicked: runs its cells, or shows what it would make of the page. */
  async start(finding: IFinding, fix: IFix, view: IPageView): Promise<void> {
    if (this.obstacleOf(fix)) {
      return;
    }
    this._undo = null;
    this._set({ finding, fix, phase: 'planning' });
    await this._guarded(async () => {
      await this._host.caughtUp();
      if (this._host.problem) {
        throw new FixProblem(this._host.problem);
      }
      const offer = offerOf(this._host.report, finding, fix);
      this._set({ ...offer, phase: 'planning' });
      if (offer.fix.kind === 'restart') {
        this._set(null);
        await this._host.restart.ask();
      } else if (offer.fix.run.length > 0) {
        await this._run(offer.fix.run, view);
      } else {
        await this._preview(offer.fix);
      }
    });
  }

  /** Makes the edits that the preview showed, if the page is still the same. */
  async apply(): Promise<void> {
    const state = this._state;
    if (state?.phase !== 'preview' || state.busy) {
      return;
    }
    this._advance({ ...state, busy: true });
    await this._guarded(async () => {
      this._refuseIfChanged();
      const fixing = await this._ask(state.fix, state.fixing.base);
      this._refuseIfChanged(); // typed while the server part planned
      refuseLocked(this._host.context, fixing.cells);
      this._undo = applyEdits(this._notebook, fixing.cells);
      this._advance({ phase: 'done', undoable: true });
      await this._host.refresh();
    });
  }

  /** Takes the edits back, if their cells are as the fix left them. */
  async undo(): Promise<void> {
    const undo = this._undo;
    if (!undo || this._state?.phase !== 'done') {
      return;
    }
    await this._guarded(async () => {
      this._undo = null;
      applyEdits(this._notebook, undo.edits, undo.removed);
      this._set(null);
      await this._host.refresh();
    });
  }

  /** Stops the cell that runs; no further one is run. */
  async interrupt(): Promise<void> {
    if (this._state?.phase !== 'running' || this._state.stopping) {
      return;
    }
    this._advance({ ...this._state, stopping: true });
    const { session } = this._host.context.sessionContext;
    // rejected where the kernel is gone: the run ends by that
    await session?.kernel?.interrupt().catch(() => undefined);
  }

  /** Closes what is shown; a run goes on. */
  close(): void {
    if (!this._isUnderWay) {
      this._undo = null;
      this._set(null);
    }
  }

  // --- the page --------------------------------------------------------------------

  private async _preview(fix: IFix): Promise<void> {
    const cells = this._host.cells();
    this._seen = pageOf(cells);
    const fixing = await this._ask(fix, null);
    this._advance({
      phase: 'preview',
      fixing,
      edits: fixing.cells.map(edit => asShown(edit, cells)),
      isCurrent: true,
      busy: false
    });
  }

  private _ask(fix: IFix, base: string | null): Promise<IFixing> {
    return this._host.api.fix({ ...this._host.live(), id: fix.id, base });
  }

  private _refuseIfChanged(): void {
    if (this._seen !== pageOf(this._host.cells())) {
      throw new FixProblem('page-changed');
    }
  }

  private get _canUndo(): boolean {
    try {
      checkEdits(this._notebook, this._undo?.edits ?? []);
      return this._undo !== null;
    } catch {
      return false;
    }
  }

  private get _notebook() {
    return this._host.context.model.sharedModel;
  }

  // --- the kernel ------------------------------------------------------------------

  /** In the order of the fix, each only after the one before succeeded. */
  private async _run(ids: readonly string[], view: IPageView): Promise<void> {
    const sources = this._sources();
    this._clicked = this._host.report;
    for (const [done, id] of ids.entries()) {
      const at = this._host.nameOf(id);
      const left = ids.length - done;
      if (this._isStopping) {
        return this._stopped('interrupted', at, left);
      }
      if (!at || this._sources().get(id) !== sources.get(id)) {
        return this._stopped('changed', at, left);
      }
      this._advance({
        phase: 'running',
        done,
        total: ids.length,
        running: at,
        stopping: false
      });
      // rejected where the connection is lost
      if (!(await view.run(id).catch(() => false))) {
        const end = this._isStopping ? 'interrupted' : 'failed';
        await this._stopped(end, this._host.nameOf(id), left - 1);
        return view.jump({ cellId: id, line: 1 });
      }
    }
    this._advance({ phase: 'done', undoable: false });
    this._timer = window.setTimeout(() => this.close(), TELL);
    await this._host.refresh();
  }

  private async _stopped(
    end: 'failed' | 'interrupted' | 'changed',
    at: ICellName | null,
    left: number
  ): Promise<void> {
    this._advance({ phase: 'stopped', end, at, left });
    await this._host.refresh();
  }

  private _sources(): ReadonlyMap<string, string> {
    return new Map(this._host.cells().map(cell => [cell.id, cell.source]));
  }

  private get _isStopping(): boolean {
    return this._state?.phase === 'running' && this._state.stopping;
  }

  // --- what is shown ---------------------------------------------------------------

  private get _isUnderWay(): boolean {
    const state = this._state;
    return (
      state?.phase === 'planning' ||
      state?.phase === 'running' ||
      (state?.phase === 'preview' && state.busy)
    );
  }

  private async _guarded(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this._advance({ phase: 'failed', problem: this._problemOf(error) });
      if (error instanceof ApiError) {
        await this._host.refresh();
      }
    }
  }

  private _problemOf(error: unknown): IProblem {
    if (error instanceof ApiError) {
      return error;
    }
    if (error instanceof FixProblem) {
      return error.problem;
    }
    if (error instanceof EditConflict) {
      const message = this._host.nameOf(error.cellId)?.label ?? '';
      const isUndo = this._state?.phase === 'done';
      return {
        kind: isUndo ? 'cannot-undo' : 'cell-changed',
        message,
        hint: ''
      };
    }
    throw error;
  }

  private _advance(phase: FixPhase): void {
    if (this._state) {
      const { finding, fix } = this._state;
      this._set({ finding, fix, ...phase });
    }
  }

  private _set(state: FixState | null): void {
    window.clearTimeout(this._timer);
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: FixState | null = null;
  /** The page of the preview. */
  private _seen = '';
  private _clicked: INotebookReport | null = null;
  private _undo: IUndoEdits | null = null;
  private _timer = 0;
}

function pageOf(cells: readonly ILiveCell[]): string {
  return JSON.stringify(
    cells.map(({ id, source, type }) => [id, type, source])
  );
}
