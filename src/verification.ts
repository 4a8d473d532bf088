/** Restart and verify, seen from the page: asks first, starts, follows, cancels. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { hashOf } from './hash';
import { nameOf, type NotebookContext } from './live';
import { ApiError } from './request';
import { ShapeError } from './shape';
import {
  readAsked,
  readShortage,
  type IAskedCell,
  type ICellName,
  type IEffect,
  type ILive,
  type ILiveCell,
  type INotebookReport,
  type IPageCell,
  type IVerifyJob,
  type VerifyState
} from './tokens';

/** How often a job is asked for where no event tells of it. */
const POLL = 2000;
/** So many polls in a row may stay without an answer before we give up. */
const MOST_SILENT_POLLS = 10;
const ASKED_ABOUT = ['writes-file', 'network', 'shell'];

/** What a verification needs of the model that owns it. */
export interface IVerifyHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  readonly report: INotebookReport | null;
  cells(): ILiveCell[];
  live(): ILive;
  nameOf(cellId: string): ICellName | null;
  refresh(): Promise<void>;
}

/** What of the page is verified: up to a cell, or only what one needs; else all of it. */
export interface IPart {
  readonly until?: string;
  readonly only?: string;
}

type Progress =
  | Exclude<VerifyState, { readonly phase: 'ended' }>
  | { readonly phase: 'ended'; readonly job: IVerifyJob };

export class Verification implements IDisposable {
  constructor(private readonly _host: IVerifyHost) {
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

  get state(): VerifyState {
    if (this._progress.phase !== 'ended') {
      return this._progress;
    }
    const { job } = this._progress;
    return {
      phase: 'ended',
      job,
      at: job.ended_at ? new Date(job.ended_at) : new Date(),
      changedSince: changedSince(job.page, this._host.cells())
    };
  }

  /** Follows the job, or shows the result, that a page before this one asked for. */
  async resume(): Promise<void> {
    try {
      const job = await this._lastJob();
      if (job && this._progress.phase === 'idle' && !this._isDisposed) {
        this._set({ phase: 'running', job, cancelling: false });
        this._polled(job);
        await this._follow(job.id);
      }
    } catch (error) {
      this._failed(error); // told only where a job was found
    }
  }

  /** Verifies, or asks first where cells would touch the world again. */
  async start(part: IPart = {}): Promise<void> {
    if (this._progress.phase === 'running') {
      return;
    }
    if (!this._host.report) {
      await this._host.refresh();
    }
    this._part = part;
    // which cells a part of the page needs is for the server part to say, and to ask about
    const asked = part.until || part.only ? [] : this._unconfirmed();
    if (asked.length > 0) {
      this._set({ phase: 'asking', cells: asked });
      return;
    }
    await this._run([]);
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

  /** Verifies without the cells asked about. */
  async skip(): Promise<void> {
    await this._run(this._asked().map(cell => cell.id));
  }

  /** Takes the question or the result away; the server forgets the result, too. */
  dismiss(): void {
    const progress = this._progress;
    if (progress.phase === 'running') {
      return;
    }
    this._set({ phase: 'idle' });
    if (progress.phase === 'ended') {
      // where the server cannot be reached, the result comes back with the page
      void this._host.api.cancelVerify(progress.job.id).catch(() => undefined);
    }
  }

  /** Ends the job; resolves when its kernel is gone. */
  async cancel(): Promise<void> {
    const progress = this._progress;
    if (progress.phase !== 'running' || !progress.job || progress.cancelling) {
      return;
    }
    this._set({ ...progress, cancelling: true });
    try {
      await this._host.api.cancelVerify(progress.job.id);
    } catch (error) {
      this._failed(error);
      return;
    }
    const state = progress.job.report ? 'done' : 'cancelled';
    this._set({ phase: 'ended', job: { ...progress.job, state } });
    this._wake();
  }

  private _asked(): readonly IAskedCell[] {
    return this._progress.phase === 'asking' ? this._progress.cells : [];
  }

  private _unconfirmed(): IAskedCell[] {
    const cells = this._host.report?.cells ?? [];
    return cells
      .flatMap(({ effects, id }) => this._askAbout(id, effects))
      .filter(cell => this._confirmed.get(cell.id) !== cell.detail);
  }

  /** Nothing, where the cell does not touch the world or is gone. */
  private _askAbout(id: string, effects: readonly IEffect[]): IAskedCell[] {
    const asked = effects.filter(({ kind }) => ASKED_ABOUT.includes(kind));
    const name = this._host.nameOf(id);
    const kinds = [...new Set(asked.map(effect => effect.kind))];
    const details = [...new Set(asked.map(effect => effect.detail))];
    return name && asked.length > 0
      ? [{ ...name, kinds, detail: details.join(', ') }]
      : [];
  }

  private async _run(skip: readonly string[], fits = false): Promise<void> {
    const { api, context } = this._host;
    this._skipped = skip;
    this._set({ phase: 'running', job: null, cancelling: false });
    try {
      const { id } = await api.startVerify({
        ...this._host.live(),
        notebook: context.model.sharedModel.toJSON(),
        confirmed: [...this._confirmed.keys()],
        skip,
        until: this._part.until ?? null,
        only: this._part.only ?? null,
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
      this._askAbout(id, effects)
    );
  }

  /** The newest that was not cancelled; null where there is none. */
  private async _lastJob(): Promise<IVerifyJob | null> {
    const { api, context } = this._host;
    const { jobs } = await api.verifyJobs();
    const last = jobs
      .filter(job => job.path === context.localPath)
      .filter(job => job.state !== 'cancelled')
      .pop();
    return last ? api.verifyJob(last.id) : null;
  }

  private async _follow(id: string): Promise<void> {
    let silent = 0;
    while (!this._isDisposed && this._progress.phase === 'running') {
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
    if (this._hasNews || this._progress.phase !== 'running') {
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
    if (this._progress.phase !== 'running') {
      return; // cancelled meanwhile
    }
    if (job.state === 'queued' || job.state === 'running') {
      this._set({ ...this._progress, job });
      return;
    }
    this._set({ phase: 'ended', job });
  }

  private _failed(error: unknown): void {
    if (!(error instanceof ApiError)) {
      this._set({ phase: 'idle' });
      throw error;
    }
    if (this._progress.phase === 'running') {
      this._set({ phase: 'failed', problem: error });
    }
  }

  private _set(progress: Progress): void {
    this._progress = progress;
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _part: IPart = {};
  private _progress: Progress = { phase: 'idle' };
  /** The job that is followed, whether it went on since it was asked for, and who waits. */
  private _jobId = '';
  private _hasNews = false;
  private _wake: () => void = () => undefined;
  /** Cells that may touch the world again, with what was asked about them. */
  private _skipped: readonly string[] = [];
  private _confirmed = new Map<string, string>();
  private _isDisposed = false;
}

/** Code cells that were edited, added or (named as they were) deleted since. */
function changedSince(
  page: readonly IPageCell[],
  cells: readonly ILiveCell[]
): ICellName[] {
  const code = cells.filter(cell => cell.type === 'code');
  const before = new Map(page.map(cell => [cell.cell_id, cell.hash]));
  const edited = code.filter(
    cell => before.get(cell.id) !== hashOf(cell.source)
  );
  const now = new Set(code.map(cell => cell.id));
  const deleted = page.filter(cell => !now.has(cell.cell_id));
  return [
    ...edited.map(nameOf),
    ...deleted.map(cell => ({
      id: cell.cell_id,
      label: `[${cell.execution_count ?? ' '}]`,
      firstLine: cell.first_line
    }))
  ];
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
