/** Extract to module, seen from the page: preview, proof, apply, undo. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import {
  EditConflict,
  PageProblem,
  applyEdits,
  checkEdits,
  withKind,
  type IUndoEdits
} from './edits';
import { JobRun, type IJobRunHost } from './job-run';
import type { NotebookContext } from './live';
import { ApiError } from './request';
import type {
  ICellName,
  IExtraction,
  IExtractRequest,
  IExtractState,
  ILive,
  ILiveCell,
  IProblem,
  IRemedy
} from './tokens';

/** What the sheet needs of the model that owns it. */
export interface IExtractHost extends IJobRunHost {
  readonly context: NotebookContext;
  readonly unfinished: { look(): Promise<void> };
  cells(): ILiveCell[];
  live(): ILive;
}

/** What the fields of the sheet begin with. */
export interface IProposal {
  /** From the contents root. */
  readonly module?: string;
  readonly name?: string;
}

/** What an applied extraction left behind, so that it can be taken back. */
interface IApplied {
  readonly id: string;
  readonly undo: IUndoEdits;
}

export class ExtractSheet implements IDisposable {
  constructor(private readonly _host: IExtractHost) {
    this._proof = new JobRun(_host, ({ confirmed, confirmed_memory }) =>
      _host.api.prove({
        ...this._request(),
        base: this._state?.extraction?.base ?? '',
        confirmed,
        confirmed_memory
      })
    );
    this._proof.changed.connect(this._onProof, this);
  }

  get isDisposed(): boolean {
    return this._proof.isDisposed;
  }

  dispose(): void {
    this._proof.dispose();
    Signal.clearData(this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when the sheet is to be seen: it was opened, or has something to say. */
  get opened(): ISignal<this, void> {
    return this._opened;
  }

  /** Emitted when files and page were changed. */
  get applied(): ISignal<this, IExtraction> {
    return this._appliedSignal;
  }

  /** Null while the sheet is closed. */
  get state(): IExtractState | null {
    return this._state;
  }

  /** Opens the sheet for these cells; the server proposes what is not given. */
  async open(
    cellIds: readonly string[],
    { module = '', name = '' }: IProposal = {}
  ): Promise<void> {
    this._putProofAway();
    this._selection = cellIds;
    this._lines = {};
    this._state = {
      cells: this._names(),
      module,
      name,
      busy: false,
      extraction: null,
      problem: null,
      isCurrent: false,
      proof: { phase: 'idle' }
    };
    this._opened.emit(undefined);
    await this.preview();
  }

  close(): void {
    this._putProofAway();
    this._closed = this._state;
    this._state = null;
    this._emit();
  }

  /** Module or name as typed: the preview shown is no longer theirs. */
  type(fields: { readonly module?: string; readonly name?: string }): void {
    this._putProofAway();
    this._update({ ...fields, isCurrent: false });
  }

  /** Asks what the extraction would do; writes nothing. */
  async preview(): Promise<void> {
    this._putProofAway();
    const { module, name } = this._state ?? { module: '', name: '' };
    this._fields = { module: module.trim() || null, name: name.trim() || null };
    await this._busy(async () => {
      const extraction = await this._host.api.extract(this._request());
      this._update({
        extraction,
        module: extraction.module,
        name: extraction.function,
        isCurrent: true
      });
    }, false);
  }

  /** Does what a refusal offers: other cells, or some lines of them. */
  async remedy(action: IRemedy): Promise<void> {
    const { cell, cells, edits, kind, lines } = action;
    if (kind === 'lines' && cell && lines) {
      this._lines = { ...this._lines, [cell]: lines };
    } else if (kind === 'cells' && cells) {
      this._selection = cells;
      this._update({ cells: this._names() });
    } else if (kind === 'replace' && edits) {
      await this._busy(() => {
        applyEdits(this._notebook, edits);
        return Promise.resolve();
      });
    }
    await this.preview();
  }

  /** Runs the page before and after in fresh kernels, and applies what was proven. */
  async prove(): Promise<void> {
    if (this._preview) {
      await this._proof.start();
    }
  }

  confirmProof(): Promise<void> {
    return this._proof.confirm();
  }

  confirmProofMemory(): Promise<void> {
    return this._proof.confirmMemory();
  }

  dismissProof(): void {
    this._proof.dismiss();
  }

  cancelProof(): Promise<void> {
    return this._proof.cancel();
  }

  /**
   * Writes the files, then changes the page; takes the files back if it cannot.
   * `proof` is the job that proved it.
   */
  async apply(proof: string | null = null): Promise<void> {
    const preview = this._preview;
    if (!preview) {
      return;
    }
    await this._busy(async () => {
      checkEdits(this._notebook, preview.cells);
      const request = { ...this._request(), base: preview.base, proof };
      const extraction = await this._host.api.apply(request).catch(error => {
        void this._host.unfinished.look(); // it may have got half-way
        throw error;
      });
      if (extraction.status === 'applied') {
        await this._applyCells(extraction);
      } else {
        this._update({ extraction });
      }
    });
  }

  /** The extraction that can be applied, if it is that of the fields. */
  private get _preview(): IExtraction | null {
    const found = this._state?.isCurrent ? this._state.extraction : null;
    return found?.status === 'preview' ? found : null;
  }

  private _onProof(): void {
    const proof = this._proof.state;
    this._update({ proof });
    if (proof.phase !== 'ended' || !this._preview) {
      return;
    }
    const { error, extraction, id } = proof.job;
    if (!extraction) {
      const problem = error && { kind: 'refused' as const, ...error };
      this._update({ proof: { phase: 'idle' }, problem });
      return;
    }
    this._update({ extraction });
    if (extraction.status === 'preview' && extraction.proof !== 'not-run') {
      void this.apply(id);
    }
  }

  /** A proof of something else than what is shown: none. */
  private _putProofAway(): void {
    if (this._proof.state.phase === 'running') {
      void this._proof.cancel().then(() => this._proof.dismiss());
    } else if (this._proof.state.phase !== 'idle') {
      this._proof.dismiss();
    }
  }

  private _names(): ICellName[] {
    return this._selection.flatMap(id => this._host.nameOf(id) ?? []);
  }

  /** Takes files and cells back, if both are still as the extraction left them. */
  async undo(): Promise<void> {
    const applied = this._applied;
    if (!applied) {
      return;
    }
    await this._busy(async () => {
      checkEdits(this._notebook, applied.undo.edits);
      const undone = await this._host.api.undo(this._undoRequest(applied.id));
      this._applied = null;
      try {
        applyEdits(this._notebook, undone.cells, applied.undo.removed);
      } catch (error) {
        throw withKind(error, 'half-undone');
      }
      this._state = null;
    });
  }

  private async _applyCells(extraction: IExtraction): Promise<void> {
    const id = extraction.undo_id ?? '';
    let undo: IUndoEdits;
    try {
      undo = applyEdits(this._notebook, extraction.cells);
    } catch (error) {
      await this._host.api.undo(this._undoRequest(id));
      throw withKind(error, 'undone-again');
    }
    this._applied = { id, undo };
    this._update({ extraction });
    this._appliedSignal.emit(extraction);
  }

  private get _notebook() {
    return this._host.context.model.sharedModel;
  }

  private _request(): IExtractRequest {
    return {
      ...this._host.live(),
      selection: this._selection,
      lines: this._lines,
      ...this._fields
    };
  }

  private _undoRequest(id: string) {
    return {
      id,
      path: this._host.context.localPath,
      cells: this._host.cells()
    };
  }

  /** Shows that something is under way, and what went wrong: in a sheet that was closed, too. */
  private async _busy(work: () => Promise<void>, tells = true): Promise<void> {
    if (this._isBusy) {
      return;
    }
    this._isBusy = true;
    this._update({ busy: true, problem: null });
    try {
      await work();
    } catch (error) {
      const problem = this._problemOf(error);
      if (tells && !this._state) {
        this._state = this._closed;
        this._opened.emit(undefined);
      }
      this._update({ problem, isCurrent: false });
    } finally {
      this._isBusy = false;
      this._update({ busy: false });
    }
  }

  private _problemOf(error: unknown): IProblem {
    if (error instanceof ApiError) {
      return error;
    }
    if (error instanceof PageProblem || error instanceof EditConflict) {
      const name = this._host.nameOf(error.cellId);
      const kind = error instanceof PageProblem ? error.kind : 'cell-changed';
      return { kind, message: name?.label ?? '', hint: '' };
    }
    throw error;
  }

  private _update(change: Partial<IExtractState>): void {
    if (this._state) {
      this._state = { ...this._state, ...change };
    }
    this._emit();
  }

  private _emit(): void {
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _opened = new Signal<this, void>(this);
  private _appliedSignal = new Signal<this, IExtraction>(this);
  private _state: IExtractState | null = null;
  private _isBusy = false;
  private _closed: IExtractState | null = null;
  private readonly _proof: JobRun;
  private _selection: readonly string[] = [];
  /** What the preview was asked for; where null, the server part proposed. */
  private _fields: Pick<IExtractRequest, 'module' | 'name'> = {
    module: null,
    name: null
  };
  private _lines: Readonly<Record<string, readonly number[]>> = {};
  private _applied: IApplied | null = null;
}
