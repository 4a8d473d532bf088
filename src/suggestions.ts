/** What of a page is worth extracting: asked when somebody looks and the page is quiet. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { ApiError } from './request';
import type { ILive, ILiveCell, ISuggestion } from './tokens';

/** How long a page has not changed before it is asked about. */
const QUIET = 2000;

/** What the suggestions need of the model that owns them. */
export interface ISuggestionsHost {
  readonly api: IApi;
  cells(): ILiveCell[];
  live(): ILive;
}

export class Suggestions implements IDisposable {
  constructor(
    private readonly _host: ISuggestionsHost,
    private readonly _isShown: () => boolean,
    private readonly _quiet = QUIET
  ) {}

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The best first; not those of cells that have changed since. */
  get found(): readonly ISuggestion[] {
    const now = sourcesOf(this._host.cells());
    return this._found.filter(one =>
      one.cells.every(id => now.get(id) === this._sources.get(id))
    );
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    Signal.clearData(this);
  }

  /** Somebody may look now, or the page may have changed: asks, but not at once. */
  wake(): void {
    window.clearTimeout(this._timer);
    if (!this._isDisposed && this._isShown() && !this._isAsking) {
      this._timer = window.setTimeout(() => void this._ask(), this._quiet);
    }
  }

  private async _ask(): Promise<void> {
    const live = this._host.live();
    const key = keyOf(live);
    if (key === this._answered || !this._isShown()) {
      return;
    }
    this._isAsking = true;
    try {
      // the plan needs the page alone
      const asked = { ...live, runs: [] };
      const { suggestions } = await this._host.api.suggest(asked);
      this._found = suggestions;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this._found = []; // the check tells what is wrong with the server
    } finally {
      this._isAsking = false;
    }
    this._answered = key;
    this._sources = sourcesOf(live.cells);
    if (!this._isDisposed) {
      this._changed.emit(undefined);
      this.wake();
    }
  }

  private _changed = new Signal<this, void>(this);
  private _found: readonly ISuggestion[] = [];
  private _sources: ReadonlyMap<string, string> = new Map();
  /** What the latest answer was for. */
  private _answered = '';
  private _isAsking = false;
  private _isDisposed = false;
  private _timer = 0;
}

function sourcesOf(cells: readonly ILiveCell[]): ReadonlyMap<string, string> {
  return new Map(cells.map(cell => [cell.id, cell.source]));
}

/** Runs and outputs change nothing of what can be extracted. */
function keyOf({ cells, kernel_id: kernel, language, path }: ILive): string {
  const sources = cells.map(({ id, source, type }) => [id, source, type]);
  return JSON.stringify([path, language, kernel, sources]);
}
