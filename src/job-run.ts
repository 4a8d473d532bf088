/** A job of the server that runs cells: asks first, starts, follows, cancels. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { ApiError } from './request';
import { ShapeError } from './shape';
import {
  readAsked,
  readShortage,
  type IAskedCell,
  type ICellName,
  type IEffect,
  type IVerifyJob,
  type JobRunState
} from './tokens';

/** How often a job is asked for where no event tells of it. */
const POLL = 2000;
/** So many polls in a row may stay without an answer before we give up. */
const MOST_SILENT_POLLS = 10;
const ASKED_ABOUT = ['writes-file', 'network', 'shell'];

/** What the person agreed to. */
export interface IConsent {
  /** Cells that may touch the world again. */
  readonly confirmed: readonly string[];
  readonly skip: readonly string[];
  /** A second kernel may be started though memory may not suffice. */
  readonly confirmed_memory: boolean;
}

export interface IJobRunHost {
  readonly api: IApi;
  nameOf(cellId: string): ICellName | null;
}

export class JobRun implements IDisposable {
  /** `begin` asks the server for the job. */
  constructor(
    private readonly _host: IJobRunHost,
    private readonly _begin: (
      consent: IConsent
    ) => Promise<{ readonly id: string }>
  ) {
    _host.api.jobTold.connect(this._onTold, this);
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  /** Stops asking; the job goes on in the server. */
  dispose(): void {
    this._isDisposed = true;
    this._wake();
    Signal.clearData(this);
  }

  get state(): JobRunState {
    return this._state;
  }

  /** Starts it, or asks where one of `cells` would touch the world again. */
  async start(cells: readonly IAskedCell[] = []): Promise<void> {
    if (this._state.phase === 'running') {
      return;
    }
    const asked = cells.filter(
      cell => this._confirmed.get(cell.id) !== cell.detail
    );
    if (asked.length > 0) {
      this._set({ phase: 'asking', cells: asked });
      return;
    }
    await this._run([]);
  }

  /**
   * Follows the newest job of this kind that an earlier page of this notebook asked for, or
   * shows what came of it. What is not found is not told.
   */
  async resume(kind: IVerifyJob['kind'], path: string): Promise<void> {
    const job = await this._newest(kind, path).catch(() => null);
    if (job) {
      await this.follow(job);
    }
  }

  /** Follows a job that another page asked for. */
  async follow(job: IVerifyJob): Promise<void> {
    if (this._state.phase !== 'idle' || this._isDisposed) {
      return;
    }
    this._set({ phase: 'running', job, cancelling: false });
    this._polled(job);
    try {
      await this._follow(job.id);
    } catch (error) {
      this._failed(error);
    }
  }

  /** The person agreed that the cells asked about run again. */
  async confirm(): Promise<void> {
    for (const cell of this._asked()) {
      this._confirmed.set(cell.id, cell.detail);
    }
    await this._run([]);
  }

  /** The person wants it, though memory may not suffice for a second kernel. */
  async confirmMemory(): Promise<void> {
    await this._run(this._skipped, true);
  }

  /** Goes on without the cells asked about. */
  async skip(): Promise<void> {
    await this._run(this._asked().map(cell => cell.id));
  }

  /** Takes the question or the result away; the server forgets the result, too. */
  dismiss(): void {
    const state = this._state;
    if (state.phase === 'running') {
      return;
    }
    this._set({ phase: 'idle' });
    if (state.phase === 'ended') {
      // where the server cannot be reached, the result comes back with the page
      void this._host.api.cancelVerify(state.job.id).catch(() => undefined);
    }
  }

  /** Ends the job; resolves when its kernel is gone. */
  async cancel(): Promise<void> {
    const state = this._state;
    if (state.phase !== 'running' || !state.job || state.cancelling) {
      return;
    }
    this._set({ ...state, cancelling: true });
    try {
      await this._host.api.cancelVerify(state.job.id);
    } catch (error) {
      this._failed(error);
      return;
    }
    const end = state.job.report ? 'done' : 'cancelled';
    this._set({ phase: 'ended', job: { ...state.job, state: end } });
    this._wake();
  }

  /** What a cell would do to the world; none where it does nothing, or is gone. */
  askAbout(id: string, effects: readonly IEffect[]): IAskedCell[] {
    const asked = effects.filter(({ kind }) => ASKED_ABOUT.includes(kind));
    const name = this._host.nameOf(id);
    const kinds = [...new Set(asked.map(effect => effect.kind))];
    const details = [...new Set(asked.map(effect => effect.detail))];
    return name && asked.length > 0
      ? [{ ...name, kinds, detail: details.join(', ') }]
      : [];
  }

  /** That was not cancelled; null where there is none. */
  private async _newest(
    kind: IVerifyJob['kind'],
    path: string
  ): Promise<IVerifyJob | null> {
    const { jobs } = await this._host.api.verifyJobs();
    const last = jobs
      .filter(job => job.path === path && job.kind === kind)
      .filter(job => job.state !== 'cancelled')
      .pop();
    return last ? this._host.api.verifyJob(last.id) : null;
  }

  private _asked(): readonly IAskedCell[] {
    return this._state.phase === 'asking' ? this._state.cells : [];
  }

  private async _run(skip: readonly string[], fits = false): Promise<void> {
    this._skipped = skip;
    this._set({ phase: 'running', job: null, cancelling: false });
    try {
      const { id } = await this._begin({
        confirmed: [...this._confirmed.keys()],
        skip,
        confirmed_memory: fits
      });
      await this._follow(id);
    } catch (error) {
      const asked = this._askedBy(error);
      const short = shortBy(error);
      if (asked.length > 0) {
        this._set({ phase: 'asking', cells: asked });
      } else if (short) {
        this._set({ phase: 'short', message: short });
      } else {
        this._failed(error);
      }
    }
  }

  /** The cells that the server part asks about, where its refusal is a question. */
  private _askedBy(error: unknown): IAskedCell[] {
    const asked = questionIn(error, readAsked)?.effects ?? [];
    return asked.flatMap(({ cell_id: id, effects }) =>
      this.askAbout(id, effects)
    );
  }

  private async _follow(id: string): Promise<void> {
    let silent = 0;
    while (!this._isDisposed && this._state.phase === 'running') {
      this._jobId = id;
      this._hasNews = false;
      try {
        this._polled(await this._host.api.verifyJob(id));
        silent = 0;
      } catch (error) {
        silent += 1;
        if (!isSilence(error) || silent > MOST_SILENT_POLLS) {
          throw error;
        }
      }
      await this._news();
    }
  }

  /** Resolves when the server told that the job went on, or after a while. */
  private _news(): Promise<void> {
    if (this._hasNews || this._state.phase !== 'running') {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      const timer = window.setTimeout(resolve, POLL);
      this._wake = () => {
        window.clearTimeout(timer);
        resolve();
      };
    });
  }

  private _onTold(sender: unknown, id: string): void {
    if (id === this._jobId) {
      this._hasNews = true;
      this._wake();
    }
  }

  private _polled(job: IVerifyJob): void {
    if (this._state.phase !== 'running') {
      return; // cancelled meanwhile
    }
    if (job.state === 'queued' || job.state === 'running') {
      this._set({ ...this._state, job });
      return;
    }
    this._set({ phase: 'ended', job });
  }

  private _failed(error: unknown): void {
    if (!(error instanceof ApiError)) {
      this._set({ phase: 'idle' });
      throw error;
    }
    if (this._state.phase === 'running') {
      this._set({ phase: 'failed', problem: error });
    }
  }

  private _set(state: JobRunState): void {
    this._state = state;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _state: JobRunState = { phase: 'idle' };
  /** The job that is followed, whether it went on since it was asked for, and who waits. */
  private _jobId = '';
  private _hasNews = false;
  private _wake: () => void = () => undefined;
  private _skipped: readonly string[] = [];
  /** Cells that may touch the world again, with what was asked about them. */
  private _confirmed = new Map<string, string>();
  private _isDisposed = false;
}

function isSilence(error: unknown): boolean {
  return error instanceof ApiError && error.kind === 'unreachable';
}

/** What a refusal asks; null where it is none of this shape. */
function questionIn<T>(
  error: unknown,
  read: (body: unknown, what: string) => T
): T | null {
  if (!(error instanceof ApiError) || error.status !== 409) {
    return null;
  }
  try {
    return read(error.body, 'verify');
  } catch (other) {
    if (other instanceof ShapeError) {
      return null; // a refusal for another reason
    }
    throw other;
  }
}

function shortBy(error: unknown): string | null {
  return questionIn(error, readShortage)?.message ?? null;
}
