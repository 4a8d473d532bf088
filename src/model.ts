/** What is known of one open notebook: one model per context, whatever its views. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { KernelMessage, Session } from '@jupyterlab/services';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import type { IPageView } from './execute';
import { ExtractSheet } from './extraction';
import { FixSheet } from './fix';
import { languageOf, type Language } from './kernel';
import { liveCells, nameIn, type NotebookContext } from './live';
import { ApiError } from './request';
import { RepairSheet } from './repair';
import { RestartRun } from './restart';
import { ResultReview } from './review';
import { RunLog } from './runs';
import { Suggestions } from './suggestions';
import type {
  ICellName,
  ILive,
  ILiveCell,
  INotebookReport,
  IProblem
} from './tokens';
import { UnfinishedChange } from './unfinished';
import { Verification } from './verification';

/** How long after an edit the notebook is checked, and the longest delay of that. */
const DELAY = 150;
const LONGEST_DELAY = 400;

/**
 * How long after a run of another client it is asked again: the page that made the run
 * may have told the server of its cell after this one asked.
 */
const OTHERS_DELAY = 1500;

export class ReadinessModel implements IDisposable {
  constructor(
    readonly context: NotebookContext,
    readonly api: IApi,
    private readonly _isWanted: () => boolean,
    isShown: () => boolean = () => false
  ) {
    this.verification = new Verification(this);
    this.extraction = new ExtractSheet(this);
    this.restart = new RestartRun(this);
    this.fix = new FixSheet(this);
    this.review = new ResultReview(this);
    this.repair = new RepairSheet(this);
    this.unfinished = new UnfinishedChange(this);
    const { extraction, fix, repair, restart, review } = this;
    for (const part of [extraction, fix, repair, restart, review]) {
      part.changed.connect(this._emit, this);
    }
    this.verification.changed.connect(this._emit, this);
    this.unfinished.changed.connect(this._emit, this);
    this.suggestions = new Suggestions(this, isShown);
    this.suggestions.changed.connect(this._emit, this);
    context.model.contentChanged.connect(this._onContentChanged, this);
    context.pathChanged.connect(this._onContentChanged, this);
    const session = context.sessionContext;
    session.kernelChanged.connect(this._onKernelChanged, this);
    session.statusChanged.connect(this._onStatusChanged, this);
    session.connectionStatusChanged.connect(this._emit, this);
    session.iopubMessage.connect(this._onMessage, this);
    void this._learnKernel();
  }

  readonly verification: Verification;
  readonly extraction: ExtractSheet;
  readonly restart: RestartRun;
  readonly fix: FixSheet;
  readonly repair: RepairSheet;
  readonly review: ResultReview;
  readonly unfinished: UnfinishedChange;
  readonly suggestions: Suggestions;
  readonly runs = new RunLog();
  /** Where cells of the page run; set by who knows its views. */
  view: () => IPageView | null = () => null;

  /** Emitted whenever something that is shown may have changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** The latest answer, or null before the first one. */
  get report(): INotebookReport | null {
    return this._report;
  }

  /** Why there is no answer, or null where there is one. */
  get problem(): IProblem | null {
    return this._problem;
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) {
      return;
    }
    this._isDisposed = true;
    window.clearTimeout(this._timer);
    window.clearTimeout(this._othersTimer);
    this.verification.dispose();
    this.extraction.dispose();
    this.fix.dispose();
    this.unfinished.dispose();
    this.suggestions.dispose();
    Signal.clearData(this);
  }

  /** The cells as they stand, in page order. */
  cells(): ILiveCell[] {
    return liveCells(this.context.model);
  }

  /** What a cell is called now, or null where the page has it no more. */
  nameOf(cellId: string): ICellName | null {
    return nameIn(this.context.model, cellId);
  }

  /** The notebook as the server part wants it. */
  live(): ILive {
    return {
      path: this.context.localPath,
      cells: this.cells(),
      ...this._language,
      kernel_id: this.context.sessionContext.session?.kernel?.id ?? null,
      kernel_session: this.runs.session,
      runs: this.runs.runs
    };
  }

  /**
   * Checks the notebook: at once, or after the check that is under way. Never more
   * than one in flight and one pending; resolves when both are done.
   */
  refresh(): Promise<void> {
    if (this._held) {
      return this._held;
    }
    this._isStale = false;
    if (this._inFlight) {
      this._isPending = true;
      return this._inFlight;
    }
    this._inFlight = this._refreshUntilCalm().finally(() => {
      this._inFlight = null;
    });
    return this._inFlight;
  }

  /**
   * Checks nothing while `work` changes page and kernel, for in between they do not fit each
   * other, and once behind it. Until then what is shown is of before.
   */
  async hold(work: () => Promise<void>): Promise<void> {
    let isChecked: () => void = () => undefined;
    this._held = new Promise(resolve => (isChecked = resolve));
    this._isBetween = true;
    this._emit();
    try {
      await work();
    } finally {
      this._held = null;
      void this.refresh().then(() => {
        this._isBetween = false;
        isChecked();
        this._emit();
      });
    }
  }

  /** Is what is shown of before a change that is under way, or not yet checked? */
  get isBetween(): boolean {
    return this._isBetween;
  }

  /** Resolves when the report is of the page as it stands. */
  async caughtUp(): Promise<void> {
    await this._inFlight;
    if (keyOf(this.live()) !== this._answered) {
      await this.refresh();
    }
  }

  /** Is the report of before a change that nothing checks until it is asked to? */
  get isOutdated(): boolean {
    return (
      this._isStale &&
      !this._isWanted() &&
      !this._inFlight &&
      keyOf(this.live()) !== this._answered
    );
  }

  /** Checks if something changed since the last answer and somebody looks. */
  wake(): void {
    this.suggestions.wake();
    // a missing server part does not appear while the page is open: Retry asks again
    const isHopeless = this._problem?.kind === 'no-server-part';
    if (this._isStale && this._isWanted() && !isHopeless) {
      this._refreshIfNew();
    }
  }

  /** A run ended or began. */
  noteRun(): void {
    this._isStale = true;
    this.wake();
    if (this.isOutdated) {
      this._emit();
    }
  }

  private async _refreshUntilCalm(): Promise<void> {
    do {
      this._isPending = false;
      await this._refreshOnce();
    } while (this._isPending && !this._isDisposed && !this._held);
  }

  private async _refreshOnce(): Promise<void> {
    try {
      const { live, report } = await this._check();
      this.runs.acknowledge(live.kernel_session, live.runs);
      this._answered = keyOf({ ...live, runs: unfinished(live) });
      this._report = report;
      this._problem = null;
    } catch (error) {
      if (!(error instanceof ApiError)) {
        throw error;
      }
      this._answered = '';
      this._report = null;
      this._problem = error;
    }
    this._emit();
  }

  /** The kernel may restart while it is asked about: then ask once more. */
  private async _check(again = true): Promise<{
    live: ILive;
    report: INotebookReport;
  }> {
    const live = this.live();
    try {
      return { live, report: await this.api.check(live) };
    } catch (error) {
      if (again && error instanceof ApiError && error.status === 409) {
        return this._check(false);
      }
      throw error;
    }
  }

  private _refreshIfNew(): void {
    if (keyOf(this.live()) === this._answered) {
      this._isStale = false;
      return;
    }
    void this.refresh();
  }

  private _onContentChanged(): void {
    this._isStale = true;
    const now = Date.now();
    this._firstChange ||= now;
    // A cell that prints for ever changes the content all the time: do not wait for it.
    const left = this._firstChange + LONGEST_DELAY - now;
    window.clearTimeout(this._timer);
    this._timer = window.setTimeout(
      () => {
        this._firstChange = 0;
        this.wake();
        this._emit();
      },
      Math.max(0, Math.min(DELAY, left))
    );
  }

  private _onKernelChanged(
    sender: ISessionContext,
    args: Session.ISessionConnection.IKernelChangedArgs
  ): void {
    // emitted after a restart too, with the same kernel: that was noticed before
    if (args.oldValue && args.oldValue.id !== args.newValue?.id) {
      this.runs.left();
    }
    void this._learnKernel();
  }

  private _onStatusChanged(
    sender: ISessionContext,
    status: KernelMessage.Status
  ): void {
    if (['restarting', 'autorestarting', 'dead'].includes(status)) {
      this.runs.restarted();
      this.noteRun();
    }
    const isAway = !['idle', 'busy'].includes(status);
    if (isAway !== this._isAway) {
      this._isAway = isAway;
      this._emit(); // what runs cells is offered or not
    }
  }

  private _onMessage(
    sender: ISessionContext,
    msg: KernelMessage.IMessage
  ): void {
    const before = this.runs.session;
    const clientId = sender.session?.kernel?.clientId ?? '';
    const changed = this.runs.received(msg, clientId);
    if (changed || before !== this.runs.session) {
      this.noteRun();
    }
    if (changed && isEndOfOthers(msg, clientId)) {
      this._askAgain();
    }
  }

  private _askAgain(): void {
    window.clearTimeout(this._othersTimer);
    this._othersTimer = window.setTimeout(() => {
      this._answered = '';
      this.noteRun();
    }, OTHERS_DELAY);
  }

  /** Learns which language the kernel speaks. */
  private async _learnKernel(): Promise<void> {
    const kernel = this.context.sessionContext.session?.kernel;
    const language = await languageOf(kernel);
    if (!this._isDisposed) {
      this._kernelLanguage = language;
      this.noteRun();
    }
  }

  private get _language(): Language {
    const saved = this.context.model.metadata['language_info'];
    const version = saved?.version;
    return (
      this._kernelLanguage ?? {
        language: saved?.name || 'python',
        language_version: typeof version === 'string' ? version : null
      }
    );
  }

  private _emit(): void {
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _report: INotebookReport | null = null;
  private _problem: IProblem | null = null;
  private _kernelLanguage: Language | null = null;
  private _inFlight: Promise<void> | null = null;
  /** Until the check behind what is under way; null where nothing is. */
  private _held: Promise<void> | null = null;
  private _isBetween = false;
  private _isPending = false;
  private _isStale = true;
  private _isAway = false;
  private _isDisposed = false;
  /** What the latest answer was for. */
  private _answered = '';
  private _timer = 0;
  private _othersTimer = 0;
  private _firstChange = 0;
}

function isEndOfOthers(msg: KernelMessage.IMessage, clientId: string): boolean {
  const parent = msg.parent_header as Partial<KernelMessage.IHeader>;
  return msg.header.msg_type === 'status' && parent.session !== clientId;
}

function keyOf(live: ILive): string {
  return JSON.stringify(live);
}

function unfinished(live: ILive): ILive['runs'] {
  return live.runs.filter(run => run.status === 'running');
}
