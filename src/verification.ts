/** Restart and verify, seen from the page: a job, and what changed since it began. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { hashOf } from './hash';
import { JobRun, type IJobRunHost } from './job-run';
import { nameOf, type NotebookContext } from './live';
import type {
  IAskedCell,
  ICellName,
  ILive,
  ILiveCell,
  INotebookReport,
  IPageCell,
  VerifyState
} from './tokens';

/** What a verification needs of the model that owns it. */
export interface IVerifyHost extends IJobRunHost {
  readonly context: NotebookContext;
  readonly report: INotebookReport | null;
  cells(): ILiveCell[];
  live(): ILive;
  refresh(): Promise<void>;
}

/** What of the page is verified: up to a cell, or only what one needs; else all of it. */
export interface IPart {
  readonly until?: string;
  readonly only?: string;
}

export class Verification implements IDisposable {
  constructor(private readonly _host: IVerifyHost) {
    const { api, context } = _host;
    this._job = new JobRun(_host, consent =>
      api.startVerify({
        ..._host.live(),
        notebook: context.model.sharedModel.toJSON(),
        until: this._part.until ?? null,
        only: this._part.only ?? null,
        ...consent
      })
    );
    this._job.changed.connect(() => this._changed.emit(undefined));
  }

  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get isDisposed(): boolean {
    return this._job.isDisposed;
  }

  /** Stops asking; the job goes on in the server. */
  dispose(): void {
    this._job.dispose();
    Signal.clearData(this);
  }

  get state(): VerifyState {
    const state = this._job.state;
    if (state.phase !== 'ended') {
      return state;
    }
    const { job } = state;
    return {
      phase: 'ended',
      job,
      at: job.ended_at ? new Date(job.ended_at) : new Date(),
      changedSince: changedSince(job.page, this._host.cells())
    };
  }

  /** Follows the job, or shows the result, that a page before this one asked for. */
  resume(): Promise<void> {
    return this._job.resume('verify', this._host.context.localPath);
  }

  /** Verifies, or asks first where cells would touch the world again. */
  async start(part: IPart = {}): Promise<void> {
    if (this._job.state.phase === 'running') {
      return;
    }
    if (!this._host.report) {
      await this._host.refresh();
    }
    this._part = part;
    // which cells a part of the page needs is for the server part to say, and to ask about
    await this._job.start(part.until || part.only ? [] : this._touching());
  }

  /** The person agreed that the cells asked about run again. */
  confirm(): Promise<void> {
    return this._job.confirm();
  }

  /** The person wants it, though memory may not suffice for a second kernel. */
  confirmMemory(): Promise<void> {
    return this._job.confirmMemory();
  }

  /** Verifies without the cells asked about. */
  skip(): Promise<void> {
    return this._job.skip();
  }

  /** Takes the question or the result away; the server forgets the result, too. */
  dismiss(): void {
    this._job.dismiss();
  }

  /** Ends the job; resolves when its kernel is gone. */
  cancel(): Promise<void> {
    return this._job.cancel();
  }

  private _touching(): IAskedCell[] {
    const cells = this._host.report?.cells ?? [];
    return cells.flatMap(({ effects, id }) => this._job.askAbout(id, effects));
  }

  private readonly _job: JobRun;
  private _changed = new Signal<this, void>(this);
  private _part: IPart = {};
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
