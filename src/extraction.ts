/** Extract to module, seen from the page: preview, apply, undo. */
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { EditConflict, applyEdits, checkEdits, type IUndoEdits } from './edits';
import type { NotebookContext } from './live';
import { ApiError } from './request';
import type {
  ICellName,
  IExtraction,
  IExtractRequest,
  IExtractState,
  ILive,
  ILiveCell,
  IProblem
} from './tokens';

/** What the sheet needs of the model that owns it. */
export interface IExtractHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  cells(): ILiveCell[];
  live(): ILive;
  nameOf(cellId: string): ICellName | null;
}

/** What an applied extraction left behind, so that it can be taken back. */
interface IApplied {
  readonly id: string;
  readonly undo: IUndoEdits;
}

export class ExtractSheet {
  constructor(private readonly _host: IExtractHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted when files and page were changed. */
  get applied(): ISignal<this, IExtraction> {
    return this._appliedSignal;
  }

  /** Null while the sheet is closed. */
  get state(): IExtractState | null {
    return this._state;
  }

  /** Opens the sheet for these cells; the server proposes module and name. */
  async open(cellIds: readonly string[]): Promise<void> {
    this._selection = cellIds;
    this._state = {
      cells: cellIds.flatMap(id => this._host.nameOf(id) ?? []),
      module: '',
      name: '',
      busy: false,
      extraction: null,
      problem: null,
      isCurrent: false
    };
    await this.preview();
  }

  close(): void {
    this._closed = this._state;
    this._state = null;
    this._emit();
  }

  /** Module or name as typed: the preview shown is no longer theirs. */
  type(fields: { readonly module?: string; readonly name?: string }): void {
    this._update({ ...fields, isCurrent: false });
  }

  /** Asks what the extraction would do; writes nothing. */
  async preview(): Promise<void> {
    await this._busy(async () => {
      const extraction = await this._host.api.extract(this._request());
      this._update({
        extraction,
        module: extraction.module,
        name: extraction.function,
        isCurrent: true
      });
    });
  }

  /** Writes the files, then changes the page; takes the files back if it cannot. */
  async apply(): Promise<void> {
    const preview = this._state?.extraction;
    if (!this._state?.isCurrent || preview?.status !== 'preview') {
      return;
    }
    await this._busy(async () => {
      checkEdits(this._notebook, preview.cells);
      const extraction = await this._host.api.apply({
        ...this._request(),
        base: preview.base
      });
      await this._applyCells(extraction);
    });
  }

  /** Takes files and cells back, if both are still as the extraction left them. */
  async undo(): Promise<void> {
    const applied = this._applied;
    if (!applied) {
      return;
    }
    this._state ??= this._closed; // what goes wrong is told there
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
      module: this._state?.module.trim() || null,
      name: this._state?.name.trim() || null
    };
  }

  private _undoRequest(id: string) {
    return {
      id,
      path: this._host.context.localPath,
      cells: this._host.cells()
    };
  }

  /** Shows that something is under way, and what went wrong if it does. */
  private async _busy(work: () => Promise<void>): Promise<void> {
    if (this._state?.busy) {
      return;
    }
    this._update({ busy: true, problem: null });
    try {
      await work();
    } catch (error) {
      this._update({ problem: this._problemOf(error), isCurrent: false });
    } finally {
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
  private _appliedSignal = new Signal<this, IExtraction>(this);
  private _state: IExtractState | null = null;
  private _closed: IExtractState | null = null;
  private _selection: readonly string[] = [];
  private _applied: IApplied | null = null;
}

/** The page could not follow what the server part had done. */
class PageProblem extends Error {
  constructor(
    readonly kind: 'undone-again' | 'half-undone',
    readonly cellId: string
  ) {
    super(kind);
  }
}

function withKind(error: unknown, kind: PageProblem['kind']): unknown {
  return error instanceof EditConflict
    ? new PageProblem(kind, error.cellId)
    : error;
}
