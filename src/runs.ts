/**
 * What the kernel ran, as far as this page saw it: the runs that the server part
 * does not know yet.
 */
import type { KernelMessage } from '@jupyterlab/services';

import { errorLine } from './traceback';
import type { IRun } from './tokens';

/** More runs than this are not kept for a server part that never answers. */
const MOST_RUNS = 2000;

/** Status messages that the server sends in the kernel's place, with its own session. */
const FROM_SERVER = ['restarting', 'autorestarting', 'dead', 'starting'];

interface IEntry {
  cellId: string | null;
  source: string;
  status: 'pending' | IRun['status'];
  count: number | null;
  errorLine: number | null;
  errorName?: string;
  /** The message that asked for the run; null until it started. */
  request: string | null;
  /** True once `executed` was seen, which no run of another client has. */
  settled: boolean;
}

/**
 * The runs of one kernel, oldest first.
 *
 * `executionScheduled` only means queued, so it makes an entry without a place in
 * the order; the kernel's own `execute_input` gives it count and place.
 */
export class RunLog {
  /** `header.session` of the kernel's own messages; changes with every restart. */
  get session(): string | null {
    return this._session;
  }

  /** Runs that started or were aborted and were not acknowledged. */
  get runs(): readonly IRun[] {
    return this._started.map(asRun);
  }

  /** A cell was queued with this source. */
  scheduled(cellId: string, source: string): void {
    this._pending.push({
      cellId,
      source,
      status: 'pending',
      count: null,
      errorLine: null,
      request: null,
      settled: false
    });
  }

  /** The front end is done with a cell; `skipped` where the kernel did not run it. */
  executed(cellId: string, result: IExecuted): void {
    const started = this._started.find(
      entry => entry.cellId === cellId && !entry.settled
    );
    if (started) {
      started.settled = true;
      started.status = endOf(started.status, result);
      return;
    }
    const pending = this._take(entry => entry.cellId === cellId);
    if (pending && (result.skipped || result.count !== null)) {
      pending.settled = true;
      pending.status = statusOf(result);
      pending.count = result.skipped ? null : result.count;
      this._add(pending);
    }
  }

  /** A message of the kernel; true where it changed the log. */
  received(msg: KernelMessage.IMessage, clientId: string): boolean {
    if (!this._knowsSession(msg)) {
      return false;
    }
    const parent = msg.parent_header as Partial<KernelMessage.IHeader>;
    const request = parent.msg_id ?? '';
    switch (msg.header.msg_type) {
      case 'execute_input': {
        const input = msg as KernelMessage.IExecuteInputMsg;
        return this._began(input, request, parent.session === clientId);
      }
      case 'error':
        return this._failed(msg as KernelMessage.IErrorMsg, request);
      case 'status': {
        const state = (msg as KernelMessage.IStatusMsg).content;
        return state.execution_state === 'idle' && this._ended(request);
      }
      default:
        return false;
    }
  }

  /** The kernel restarts: nothing of before will be reported. */
  restarted(): void {
    if (this._session !== null) {
      this._gone.add(this._session);
    }
    this.left();
  }

  /** The page has another kernel now, and may come back to the one before. */
  left(): void {
    this._session = null;
    this._pending = [];
    this._forget();
  }

  /** The server part knows these runs now; those still running are told again. */
  acknowledge(session: string | null, told: readonly IRun[]): void {
    if (session !== this._session) {
      return;
    }
    const known = new Set(told.map(keyOf));
    this._started = this._started.filter(
      entry => entry.status === 'running' || !known.has(keyOf(asRun(entry)))
    );
  }

  /** False for a message from before the restart; learns the session else. */
  private _knowsSession(msg: KernelMessage.IMessage): boolean {
    if (isFromServer(msg) || this._gone.has(msg.header.session)) {
      return false;
    }
    if (msg.header.session !== this._session) {
      if (this._session !== null) {
        this._gone.add(this._session);
        this._forget();
      }
      this._session = msg.header.session;
    }
    return true;
  }

  private _began(
    msg: KernelMessage.IExecuteInputMsg,
    request: string,
    isOwn: boolean
  ): boolean {
    const { code, execution_count: count } = msg.content;
    const pending = isOwn ? this._take(entry => entry.source === code) : null;
    // A run that is not stored has the count of the next one: the server part tells them apart.
    const advances = count !== null && count >= this._lastCount;
    if (!pending && !advances) {
      return false;
    }
    this._lastCount = Math.max(this._lastCount, count ?? 0);
    const entry = pending ?? foreignEntry(code);
    this._add({ ...entry, status: 'running', count, request });
    return true;
  }

  private _failed(msg: KernelMessage.IErrorMsg, request: string): boolean {
    const entry = this._started.find(entry => entry.request === request);
    if (!entry) {
      return false;
    }
    entry.status = 'error';
    const { ename, traceback } = msg.content;
    entry.errorLine = errorLine(traceback, entry.count, entry.source);
    entry.errorName = ename;
    return true;
  }

  private _ended(request: string): boolean {
    const entry = this._started.find(entry => entry.request === request);
    if (entry?.status === 'running') {
      entry.status = 'ok';
    }
    return entry !== undefined;
  }

  private _take(fits: (entry: IEntry) => boolean): IEntry | null {
    const index = this._pending.findIndex(fits);
    return index < 0 ? null : this._pending.splice(index, 1)[0];
  }

  private _add(entry: IEntry): void {
    this._started = [...this._started, entry].slice(-MOST_RUNS);
  }

  private _forget(): void {
    this._started = [];
    this._lastCount = 0;
  }

  private _session: string | null = null;
  private _gone = new Set<string>();
  private _pending: IEntry[] = [];
  private _started: IEntry[] = [];
  private _lastCount = 0;
}

/** How a cell's execution ended in the front end. */
export interface IExecuted {
  readonly success: boolean;
  readonly skipped: boolean;
  readonly count: number | null;
}

/**
 * A reply says more than an idle kernel: some errors are only printed. A cell magic may
 * keep an error to itself, and without a reply (the connection was lost) nobody knows.
 */
function endOf(status: IEntry['status'], result: IExecuted): IEntry['status'] {
  if (status === 'running') {
    return result.skipped ? 'unknown' : result.success ? 'ok' : 'error';
  }
  return status === 'ok' && !result.success && !result.skipped
    ? 'error'
    : status;
}

function statusOf(result: IExecuted): IRun['status'] {
  if (result.skipped) {
    return 'aborted';
  }
  return result.success ? 'ok' : 'error';
}

function isFromServer(msg: KernelMessage.IMessage): boolean {
  return (
    msg.header.msg_type === 'status' &&
    FROM_SERVER.includes(
      (msg as KernelMessage.IStatusMsg).content.execution_state
    )
  );
}

function foreignEntry(source: string): IEntry {
  return {
    cellId: null,
    source,
    status: 'running',
    count: null,
    errorLine: null,
    request: null,
    settled: true
  };
}

function asRun(entry: IEntry): IRun {
  return {
    execution_count: entry.count,
    source: entry.source,
    status: entry.status === 'pending' ? 'running' : entry.status,
    cell_id: entry.cellId,
    error_line: entry.errorLine,
    ...(entry.errorName && { error_name: entry.errorName })
  };
}

function keyOf(run: IRun): string {
  const { execution_count, cell_id, status, source } = run;
  return JSON.stringify([execution_count, cell_id, status, source]);
}
