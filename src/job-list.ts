/** All jobs of the person on this server, of whatever notebook. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { ApiError } from './request';
import type { IJobSummary } from './tokens';

/** Many cells that end are asked about together. */
const GAP = 500;

export class JobList implements IDisposable {
  constructor(private readonly _api: IApi) {
    _api.jobTold.connect(this._later, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The newest first. */
  get jobs(): readonly IJobSummary[] {
    return this._jobs;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    Signal.clearData(this);
  }

  /** Asks the server; where it cannot be reached the list stays as it was. */
  async refresh(): Promise<void> {
    try {
      const { jobs } = await this._api.verifyJobs();
      this._jobs = [...jobs].reverse();
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      return;
    }
    if (!this._isDisposed) {
      this._changed.emit(undefined);
    }
  }

  /** Ends a job that is under way, forgets one that has ended. */
  async remove(id: string): Promise<void> {
    await this._api.cancelVerify(id).catch(() => undefined);
    await this.refresh();
  }

  private _later(): void {
    this._timer ??= window.setTimeout(() => {
      this._timer = undefined;
      void this.refresh();
    }, GAP);
  }

  private _changed = new Signal<this, void>(this);
  private _jobs: readonly IJobSummary[] = [];
  private _timer: number | undefined;
  private _isDisposed = false;
}
