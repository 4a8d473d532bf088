/** An extraction of this page that was not made to the end: finished, or taken back. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { applyEdits, withKind } from './edits';
import type { NotebookContext } from './live';
import { problemOf } from './problems';
import { ApiError } from './request';
import type {
  ICellEdit,
  ICellName,
  IJournalRequest,
  ILiveCell,
  IProblem,
  IUndoRequest,
  IUnfinishedState
} from './tokens';

/** What it needs of the model that owns it. */
export interface IUnfinishedHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  cells(): ILiveCell[];
  nameOf(cellId: string): ICellName | null;
}

export class UnfinishedChange implements IDisposable {
  constructor(private readonly _host: IUnfinishedHost) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  /** Null where everything was made to its end. */
  get state(): IUnfinishedState | null {
    return this._state;
  }

  /** Asks the journal. What it cannot answer now is not told: the check says why. */
  async look(): Promise<void> {
    try {
      const { unfinished: found } = await this._host.api.journal(this._page);
      this._set(found && { ...found, phase: 'found', busy: false });
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
    }
  }

  /** Writes the rest, and makes the edits of the page. */
  async finish(): Promise<void> {
    await this._take(async request => {
      const { cells, files } = await this._host.api.finish(request);
      await this._follow(cells, files, 'not-finished');
      this._update({ phase: 'finished' });
    });
  }

  /** Puts files and page back as they were. */
  async undo(): Promise<void> {
    await this._take(async request => {
      const { cells, files } = await this._host.api.undo(request);
      await this._follow(cells, files, 'half-undone');
      this._set(null);
      await this.look(); // there may be an older one
    });
  }

  /** Says no more of it until the notebook is opened again. */
  dismiss(): void {
    this._set(null);
  }

  private async _take(
    work: (request: IUndoRequest) => Promise<void>
  ): Promise<void> {
    const { _state: state } = this;
    if (!state || state.busy) {
      return;
    }
    const { localPath, model } = this._host.context;
    if (model.dirty && state.files.includes(localPath)) {
      this._update({ problem: { kind: 'unsaved', message: '', hint: '' } });
      return;
    }
    this._set({ ...state, busy: true, problem: null });
    try {
      await work({ ...this._page, id: state.id });
    } catch (error) {
      this._update({ problem: problemOf(error, this._host) });
    }
    this._update({ busy: false });
  }

  /** Brings the page to where the files are now. */
  private async _follow(
    edits: readonly ICellEdit[],
    files: readonly string[],
    kind: IProblem['kind']
  ): Promise<void> {
    const { context } = this._host;
    try {
      applyEdits(context.model.sharedModel, edits);
    } catch (error) {
      throw withKind(error, kind);
    }
    if (files.includes(context.localPath)) {
      await context.revert();
    }
  }

  private get _page(): IJournalRequest {
    return { path: this._host.context.localPath, cells: this._host.cells() };
  }

  private _update(change: Partial<IUnfinishedState>): void {
    this._set(this._state && { ...this._state, ...change });
  }

  private _set(state: IUnfinishedState | null): void {
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: IUnfinishedState | null = null;
  private _isDisposed = false;
}
