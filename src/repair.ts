/** A repair of a verification's result: applied to the page as a fix is, and undone. */
import { Signal, type ISignal } from '@lumino/signaling';

import { EditConflict, applyEdits, checkEdits, type IUndoEdits } from './edits';
import { hashOf } from './hash';
import type { NotebookContext } from './live';
import { FixProblem, refuseLocked } from './offers';
import type {
  ICellName,
  ILiveCell,
  IProblem,
  IVerifyJob,
  RepairState,
  VerifyState
} from './tokens';

/** What the sheet needs of the model that owns it. */
export interface IRepairHost {
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

  /** Makes the edits of this repair, if the page is the one that was verified. */
  async apply(id: string): Promise<void> {
    const job = this._job;
    const repair = job?.report?.repairs.find(one => one.id === id);
    this._jobId = job?.id ?? '';
    await this._guarded(id, async () => {
      if (!repair?.change || !this.canApply) {
        throw new FixProblem('page-edited');
      }
      refuseLocked(this._host.context, repair.change.cells);
      this._undo = applyEdits(this._notebook, repair.change.cells);
      this._set({ id, title: repair.title, phase: 'applied' });
    });
  }

  /** Takes the edits back, if their cells are as the repair left them. */
  async undo(): Promise<void> {
    const undo = this._undo;
    if (undo && this._state?.phase === 'applied') {
      await this._guarded(this._state.id, async () => {
        applyEdits(this._notebook, undo.edits, undo.removed);
        this.close();
      });
    }
  }

  close(): void {
    this._undo = null;
    this._set(null);
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
    try {
      checkEdits(this._notebook, this._undo?.edits ?? []);
      return this._undo !== null;
    } catch {
      return false;
    }
  }

  private get _job(): IVerifyJob | null {
    const { state } = this._host.verification;
    return state.phase === 'ended' ? state.job : null;
  }

  private get _notebook() {
    return this._host.context.model.sharedModel;
  }

  private _set(state: RepairState | null): void {
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: RepairState | null = null;
  private _undo: IUndoEdits | null = null;
  /** The job that the state is about. */
  private _jobId = '';
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
