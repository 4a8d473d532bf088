/** A repair of a verification's result: applied to the page as a fix is, and undone. */
import type { IOutput } from '@jupyterlab/nbformat';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { EditConflict, applyEdits, checkEdits, type IUndoEdits } from './edits';
import { hashOf } from './hash';
import type { NotebookContext } from './live';
import { FixProblem, refuseLocked } from './offers';
import { asOwn, isShown, show, shownBy, type IShown } from './outputs';
import { ApiError } from './request';
import type {
  ICellName,
  IFreshOutputs,
  ILiveCell,
  IProblem,
  IRepair,
  IVerifyJob,
  RepairState,
  VerifyState
} from './tokens';

/** What the sheet needs of the model that owns it. */
export interface IRepairHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  readonly verification: { readonly state: VerifyState };
  cells(): ILiveCell[];
  nameOf(cellId: string): ICellName | null;
  refresh(): Promise<void>;
}

export class RepairSheet {
  constructor(private readonly _host: IRepairHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The repair that was applied, or why it was not; null where there is nothing to tell. */
  get state(): RepairState | null {
    const state = this._jobId === this._job?.id ? this._state : null;
    // Undo of the page itself, or an edit, took it back
    return state?.phase === 'applied' && !this._canUndo ? null : state;
  }

  /** Is the page the one that was verified, and may it be written? */
  get canApply(): boolean {
    const job = this._job;
    const { model } = this._host.context;
    return !!job && !model.readOnly && isAsVerified(job, this._host.cells());
  }

  /** Makes the change of this repair, if the page is the one that was verified. */
  async apply(id: string): Promise<void> {
    const job = this._job;
    const repair = job?.report?.repairs.find(one => one.id === id);
    this._jobId = job?.id ?? '';
    await this._guarded(id, async () => {
      if (!job || !repair) {
        throw new FixProblem('page-edited');
      }
      const fresh = await this._outputs(job, repair);
      if (!this.canApply) {
        throw new FixProblem('page-edited');
      }
      refuseLocked(this._host.context, repair.cells);
      this._undo = applyEdits(this._page.sharedModel, repair.cells);
      this._shown = fresh.flatMap(one => this._show(one) ?? []);
      this._set({ id, title: repair.title, phase: 'applied' });
    });
  }

  /** Takes the change back, but for outputs of cells that ran since. */
  async undo(): Promise<void> {
    const undo = this._undo;
    if (undo && this._state?.phase === 'applied') {
      await this._guarded(this._state.id, async () => {
        checkEdits(this._page.sharedModel, undo.edits);
        this._stillShown.forEach(({ before }) => show(this._page, before));
        applyEdits(this._page.sharedModel, undo.edits, undo.removed);
        this.close();
      });
    }
  }

  close(): void {
    this._undo = null;
    this._shown = [];
    this._set(null);
  }

  /** What the repair gives to cells; throws where the page could not show it. */
  private async _outputs(
    job: IVerifyJob,
    repair: IRepair
  ): Promise<readonly IFreshOutputs[]> {
    const { api } = this._host;
    const found = await Promise.all(
      repair.outputs.map(id => api.repairedOutputs(job.id, id))
    );
    const cut = found.find(one => !one.whole);
    if (cut) {
      const label = this._host.nameOf(cut.cell_id)?.label;
      throw new FixProblem('outputs-cut', label);
    }
    return found;
  }

  private _show(fresh: IFreshOutputs): IChangedOutputs | null {
    const before = shownBy(this._page, fresh.cell_id);
    if (before) {
      show(this._page, asOwn(fresh.outputs as readonly IOutput[], before));
    }
    const after = shownBy(this._page, fresh.cell_id);
    return before && after && { before, after };
  }

  private get _stillShown(): readonly IChangedOutputs[] {
    return this._shown.filter(({ after }) => isShown(this._page, after));
  }

  private async _guarded(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this._set({ id, phase: 'failed', problem: this._problemOf(error) });
      return;
    }
    await this._host.refresh();
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
      const isUndo = this._state?.phase === 'applied';
      const kind = isUndo ? 'cannot-undo' : 'page-edited';
      return { kind, message, hint: '' };
    }
    throw error;
  }

  private get _canUndo(): boolean {
    const edits = this._undo?.edits ?? [];
    try {
      checkEdits(this._page.sharedModel, edits);
      return edits.length > 0 || this._stillShown.length > 0;
    } catch {
      return false;
    }
  }

  private get _job(): IVerifyJob | null {
    const { state } = this._host.verification;
    return state.phase === 'ended' ? state.job : null;
  }

  private get _page() {
    return this._host.context.model;
  }

  private _set(state: RepairState | null): void {
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: RepairState | null = null;
  private _undo: IUndoEdits | null = null;
  private _shown: readonly IChangedOutputs[] = [];
  /** The job that the state is about. */
  private _jobId = '';
}

/** What a cell showed, and what the repair gave to it. */
interface IChangedOutputs {
  readonly before: IShown;
  readonly after: IShown;
}

/** The same code in the same places: edits count all cells, text between them, too. */
function isAsVerified(job: IVerifyJob, cells: readonly ILiveCell[]): boolean {
  const places = new Map(job.report?.cells.map(cell => [cell.id, cell.index]));
  const then = job.page.map(({ cell_id: id, hash }) => [
    id,
    places.get(id) ?? -1,
    hash
  ]);
  const now = cells.flatMap(({ id, source, type }, index) =>
    type === 'code' ? [[id, index, hashOf(source)]] : []
  );
  return JSON.stringify(now) === JSON.stringify(then);
}
