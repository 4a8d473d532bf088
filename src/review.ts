/** What the fresh kernel showed of a cell, beside the page, and what to do about it. */
import type { IOutput } from '@jupyterlab/nbformat';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { asOneStep } from './edits';
import { hashOf } from './hash';
import type { NotebookContext } from './live';
import { asOwn, isShown, show, shownBy, type IShown } from './outputs';
import { ApiError } from './request';
import type {
  ICellName,
  IFreshOutputs,
  IProblem,
  IVerifyJob,
  ReviewNote,
  VerifyState
} from './tokens';

/** Verification and nbval do not compare the outputs of a cell with this tag. */
const NOISY = 'prodready-noisy';

/** What the review needs of the model that owns it. */
export interface IReviewHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  readonly verification: { readonly state: VerifyState };
  nameOf(cellId: string): ICellName | null;
}

/** The outputs of one cell, here and there. */
export interface IComparison {
  readonly page: readonly IOutput[];
  readonly fresh: readonly IOutput[];
  /** False where the page could not show the fresh ones as its own. */
  readonly isWhole: boolean;
}

export class ResultReview {
  constructor(private readonly _host: IReviewHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** What was done about a cell, or why it was not. */
  noteOf(cellId: string): ReviewNote | null {
    const isOfJob = this._jobId === this._job?.id;
    const note = (isOfJob && this._notes.get(cellId)) || null;
    // Undo of the page itself, or an edit, took it back: there is nothing to tell
    return note?.kind === 'problem' || this._undo.get(cellId)?.isThere()
      ? note
      : null;
  }

  isNoisy(cellId: string): boolean {
    return this._tagsOf(cellId)?.includes(NOISY) ?? false;
  }

  /** Changes with what the page shows of the cell. */
  pageKeyOf(cellId: string): string {
    return hashOf(JSON.stringify(shownBy(this._page, cellId)?.outputs ?? null));
  }

  /** Rejects with an `ApiError` where the fresh outputs are not kept. */
  async compare(cellId: string): Promise<IComparison> {
    const { outputs, whole } = await this._fresh(cellId);
    const page = shownBy(this._page, cellId)?.outputs ?? [];
    return { page, fresh: outputs as readonly IOutput[], isWhole: whole };
  }

  /** The page shows what the fresh kernel showed, if the cell is as it was. */
  async useOutputs(cellId: string): Promise<void> {
    await this._guarded(cellId, async () => {
      const { outputs } = await this._fresh(cellId);
      const before = this._asVerified(cellId);
      show(this._page, asOwn(outputs as readonly IOutput[], before));
      const after = shownBy(this._page, cellId);
      this._keep(cellId, 'used', {
        isThere: () => after !== null && isShown(this._page, after),
        takeBack: () => show(this._page, before)
      });
    });
  }

  /** Its outputs will not be compared again. */
  async markNoisy(cellId: string): Promise<void> {
    await this._guarded(cellId, async () => {
      const tags = this._tagsOf(cellId);
      if (tags && !tags.includes(NOISY)) {
        this._tag(cellId, [...tags, NOISY]);
        this._keep(cellId, 'noisy', {
          isThere: () => this.isNoisy(cellId),
          takeBack: () => {
            const now = this._tagsOf(cellId) ?? [];
            this._tag(
              cellId,
              now.filter(tag => tag !== NOISY)
            );
          }
        });
      }
    });
  }

  /** Takes back what was done about a cell; nothing where the page has moved on. */
  undo(cellId: string): void {
    const undo = this._undo.get(cellId);
    if (undo?.isThere()) {
      undo.takeBack();
    }
    this._forget(cellId);
    this._changed.emit(undefined);
  }

  /** Asked for once; the page may change more often. */
  private _fresh(cellId: string): Promise<IFreshOutputs> {
    this._forgetOtherJobs();
    const { api } = this._host;
    const outputs =
      this._outputs.get(cellId) ?? api.freshOutputs(this._jobId, cellId);
    this._outputs.set(cellId, outputs);
    outputs.catch(() => this._outputs.delete(cellId)); // asked again then
    return outputs;
  }

  /** What the cell shows now; throws where its code is not what was verified. */
  private _asVerified(cellId: string): IShown {
    const shown = shownBy(this._page, cellId);
    const then = this._job?.page.find(cell => cell.cell_id === cellId);
    if (!shown || hashOf(shown.source) !== then?.hash) {
      throw new ReviewProblem('cell-edited');
    }
    return shown;
  }

  private async _guarded(
    cellId: string,
    work: () => Promise<void>
  ): Promise<void> {
    this._forgetOtherJobs();
    this._forget(cellId);
    try {
      if (this._host.context.model.readOnly) {
        throw new ReviewProblem('read-only');
      }
      await work();
    } catch (error) {
      const problem = this._problemOf(error, cellId);
      this._notes.set(cellId, { kind: 'problem', problem });
    }
    this._changed.emit(undefined);
  }

  private _problemOf(error: unknown, cellId: string): IProblem {
    if (error instanceof ApiError) {
      return error;
    }
    if (error instanceof ReviewProblem) {
      const message = this._host.nameOf(cellId)?.label ?? '';
      return { kind: error.kind, message, hint: '' };
    }
    throw error;
  }

  private _keep(cellId: string, kind: 'used' | 'noisy', undo: IUndo): void {
    this._notes.set(cellId, { kind });
    this._undo.set(cellId, undo);
  }

  private _forgetOtherJobs(): void {
    const id = this._job?.id ?? '';
    if (id !== this._jobId) {
      this._jobId = id;
      this._notes.clear();
      this._undo.clear();
      this._outputs.clear();
    }
  }

  private _forget(cellId: string): void {
    this._notes.delete(cellId);
    this._undo.delete(cellId);
  }

  /** Null where the page has no such cell. */
  private _tagsOf(cellId: string): string[] | null {
    const cell = this._cell(cellId);
    const tags: unknown = cell?.getMetadata('tags');
    return cell ? (Array.isArray(tags) ? tags.map(String) : []) : null;
  }

  private _tag(cellId: string, tags: readonly string[]): void {
    const cell = this._cell(cellId);
    asOneStep(this._page.sharedModel, () =>
      tags.length > 0
        ? cell?.setMetadata('tags', [...tags])
        : cell?.deleteMetadata('tags')
    );
  }

  private _cell(cellId: string) {
    return this._page.sharedModel.cells.find(cell => cell.getId() === cellId);
  }

  private get _job(): IVerifyJob | null {
    const { state } = this._host.verification;
    return state.phase === 'ended' ? state.job : null;
  }

  private get _page() {
    return this._host.context.model;
  }

  private _changed = new Signal<this, void>(this);
  /** The job that the notes are about. */
  private _jobId = '';
  private _notes = new Map<string, ReviewNote>();
  private _undo = new Map<string, IUndo>();
  private _outputs = new Map<string, Promise<IFreshOutputs>>();
}

/** The way back, while what was done is still there. */
interface IUndo {
  isThere(): boolean;
  takeBack(): void;
}

class ReviewProblem extends Error {
  constructor(readonly kind: 'cell-edited' | 'read-only') {
    super(kind);
  }
}
