/** Extract to module, seen from the page: preview, proof, apply, undo. */
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import { follow, takeBack, type IApplied } from './applied';
import { runAndCarry, type ICarryingHost } from './carrying';
import { checkEdits } from './edits';
import { JobRun, type IJobRunHost } from './job-run';
import { applyOffered } from './offers';
import { problemOf } from './problems';
import { Sections } from './sections';
import { Turns } from './turns';
import {
  EMPTY_SHEET,
  OF_THIS_ALONE,
  installedNote,
  isInstalled,
  wantsTest,
  type ICellName,
  type IExtraction,
  type IExtractOptions,
  type IExtractRequest,
  type IExtractState,
  type ILiveCell,
  type Lines,
  type IProblem,
  type IRemedy
} from './tokens';

/** What the sheet needs of the model that owns it. */
export interface IExtractHost extends IJobRunHost, ICarryingHost {
  readonly unfinished: { look(): Promise<void> };
  cells(): ILiveCell[];
  /** Checks the page once this was done, and not before. */
  hold(work: () => Promise<void>): Promise<void>;
}

/** What the fields of the sheet begin with. */
export interface IProposal {
  /** From the contents root. */
  readonly module?: string;
  readonly name?: string;
  /** The page at its headings; the cells do not count. */
  readonly split?: boolean;
  /** What is meant of cells in part. */
  readonly lines?: Lines;
}

export class ExtractSheet implements IDisposable {
  constructor(private readonly _host: IExtractHost) {
    this.proof = new JobRun(_host, ({ confirmed, confirmed_memory }) =>
      _host.api.prove({
        ...this._shown,
        confirmed,
        confirmed_memory,
        anew: this._isAnew
      })
    );
    this.proof.changed.connect(this._onProof, this);
    this.installing = new JobRun(_host, () => _host.api.install(this._shown));
    this.installing.changed.connect(this._onInstall, this);
  }

  /** Before and after in fresh kernels. */
  readonly proof: JobRun;
  /** The install of the project in the kernel's environment. */
  readonly installing: JobRun;

  get isDisposed(): boolean {
    return this.proof.isDisposed;
  }

  dispose(): void {
    this.proof.dispose();
    this.installing.dispose();
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

  /** Emitted with what an undo did not take back. */
  get left(): ISignal<this, string> {
    return this._left;
  }

  /** Null while the sheet is closed. */
  get state(): IExtractState | null {
    const sections = this._sections?.all ?? null;
    return this._state && { ...this._state, sections };
  }

  /** Opens the sheet for these cells; the server proposes what is not given. */
  async open(
    cellIds: readonly string[],
    { module = '', name = '', split = false, lines = {} }: IProposal = {}
  ): Promise<void> {
    this._putProofAway();
    this._sections = split ? new Sections() : null;
    this._selection = cellIds;
    this._options = { ...this._options, ...OF_THIS_ALONE };
    this._state = {
      ...EMPTY_SHEET,
      cells: this._names(),
      lines,
      module,
      name,
      options: this._options,
      install: this.installing.state,
      installed: installedNote(this.installing.state),
      runsSetup: this._runsSetup
    };
    this._opened.emit(undefined);
    await this.preview();
  }

  close(): void {
    this._putProofAway();
    if (this.installing.state.phase !== 'idle') {
      this.installing.dismiss(); // what came of it was seen; one under way goes on
    }
    this._closed = this._state;
    this._state = null;
    this._changed.emit(undefined);
  }

  /** Module or name as typed: the preview shown is no longer theirs. */
  type(fields: { readonly module?: string; readonly name?: string }): void {
    this._putProofAway();
    this._update({ ...fields, isCurrent: false });
  }

  /** Leaves something out, or adds it: what is shown is planned anew. */
  async tick(change: Partial<IExtractOptions>): Promise<void> {
    this._options = { ...this._options, ...change };
    this._update({ options: this._options, isCurrent: false });
    await this.preview();
  }

  /** Leaves a section of a page that is split in the notebook, or moves it again. */
  async tickSection(module: string, moves: boolean): Promise<void> {
    this._sections?.tick(module, moves);
    this._update({ isCurrent: false });
    await this.preview();
  }

  /** Whether the added lines will be run in the page's kernel. */
  tickSetup(runsSetup: boolean): void {
    this._runsSetup = runsSetup;
    this._update({ runsSetup });
  }

  /** Asks what the extraction would do; writes nothing. */
  async preview(): Promise<void> {
    this._putProofAway();
    const asked = this._state ?? EMPTY_SHEET;
    const { module, name } = asked;
    this._fields = { module: module.trim() || null, name: name.trim() || null };
    await this._turns.take(async isLatest => {
      const seen = this._host.cells().map(cell => cell.id);
      const extraction = await this._host.api.extract(this._request());
      if (isLatest()) {
        this._seen = seen;
        this._sections?.planned(extraction.steps);
        const typed = this._state ?? asked; // meanwhile: that stays
        const isModule = typed.module === module;
        const isName = typed.name === name;
        this._update({
          extraction,
          module: isModule ? extraction.module : typed.module,
          name: isName ? extraction.function : typed.name,
          isCurrent: isModule && isName
        });
      }
    }, false);
  }

  /** Does what a refusal offers: other cells, some lines of them, other functions. */
  async remedy(action: IRemedy): Promise<void> {
    const { cell, cells, edits, kind, lines, names } = action;
    if (kind === 'lines' && cell && lines) {
      this._update({ lines: { ...this._state?.lines, [cell]: [lines] } });
    } else if (kind === 'cells' && cells) {
      this._selection = cells;
      this._update({ cells: this._names() });
    } else if (kind === 'replace' && edits) {
      const { context } = this._host;
      const make = async () => applyOffered(context, edits, this._seen);
      if (!(await this._turns.take(make))) {
        return; // what went wrong stays told
      }
    } else if (kind === 'update' || kind === 'several') {
      return this.tick({ [kind]: true });
    } else if ((kind === 'parameters' || kind === 'returns') && names) {
      return this.tick({ [kind]: [...this._options[kind], ...names] });
    }
    await this.preview();
  }

  /**
   * Runs the page before and after in fresh kernels, and applies what was proven. `isAnew`:
   * without what earlier proofs ran.
   */
  async prove(isAnew = false): Promise<void> {
    this._isAnew = isAnew;
    if (this._preview) {
      await this.proof.start();
    }
  }

  /** Installs the project in the environment of the page's kernel, and plans anew. */
  async install(): Promise<void> {
    if (this._state?.extraction?.install) {
      await this.installing.start();
    }
  }

  /** Writes the files, then changes the page; takes the files back if it cannot. */
  async apply(): Promise<void> {
    const preview = this._preview;
    if (!preview) {
      return;
    }
    const proof = this._state?.provenBy ?? null;
    await this._turns.take(async () => {
      checkEdits(this._host.context.model.sharedModel, preview.cells);
      const request = { ...this._request(), base: preview.base, proof };
      const extraction = await this._host.api.apply(request).catch(error => {
        void this._host.unfinished.look(); // it may have got half-way
        throw error;
      });
      if (extraction.status === 'applied') {
        await this._follow(extraction, proof);
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
    const proof = this.proof.state;
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
    const isProven =
      extraction.status === 'preview' && extraction.proof !== 'not-run';
    this._update({ extraction, provenBy: isProven ? id : null });
    if (isProven && !wantsTest(this._options, extraction)) {
      void this.apply(); // what a test holds is looked at first
    }
  }

  /**
   * Makes the page's half. Where its runs are to be carried over nothing is checked before
   * that: page and kernel do not fit each other in between.
   */
  private async _follow(
    extraction: IExtraction,
    proof: string | null
  ): Promise<void> {
    const change = async () => {
      this._applied = await follow(extraction, this._host);
      this._update({ extraction });
      this._appliedSignal.emit(extraction);
    };
    if (proof === null || !this._runsSetup) {
      return change();
    }
    const proven = { proof, selection: this._selection };
    await this._host.hold(async () => {
      await change();
      await runAndCarry(extraction, proven, this._host, setupRun =>
        this._update({ setupRun })
      );
    });
  }

  private _onInstall(): void {
    const install = this.installing.state;
    this._update({ install });
    if (this._state && isInstalled(install)) {
      this._update({ installed: installedNote(install) });
      void this.preview();
    }
  }

  /** A proof of something else than what is shown: none. */
  private _putProofAway(): void {
    this._update({ provenBy: null });
    if (this.proof.state.phase === 'running') {
      void this.proof.cancel().then(() => this.proof.dismiss());
    } else if (this.proof.state.phase !== 'idle') {
      this.proof.dismiss();
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
    await this._turns.take(async () => {
      checkEdits(this._host.context.model.sharedModel, applied.undo.edits);
      const areBack = () => (this._applied = null);
      const stays = await takeBack(applied, this._host, areBack);
      this._state = null;
      if (stays) {
        this._left.emit(stays);
      }
    });
  }

  /** The request of the preview that is shown. */
  private get _shown() {
    return { ...this._request(), base: this._state?.extraction?.base ?? '' };
  }

  private _request(): IExtractRequest {
    const live = this._host.live();
    return {
      ...live,
      selection: this._sections?.selection(live.cells) ?? this._selection,
      split: this._sections !== null,
      lines: this._state?.lines ?? {},
      options: this._options,
      ...this._fields
    };
  }

  private _tell(problem: IProblem, opens: boolean): void {
    if (opens && !this._state) {
      this._state = this._closed;
      this._opened.emit(undefined);
    }
    this._update({ problem, isCurrent: false });
  }

  private _update(change: Partial<IExtractState>): void {
    if (this._state) {
      this._state = { ...this._state, ...change };
    }
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _opened = new Signal<this, void>(this);
  private _appliedSignal = new Signal<this, IExtraction>(this);
  private _left = new Signal<this, string>(this);
  private _state: IExtractState | null = null;
  private readonly _turns = new Turns({
    update: change => this._update(change),
    problemOf: error => problemOf(error, this._host),
    tell: (problem, writes) => this._tell(problem, writes)
  });
  private _isAnew = false;
  private _options = EMPTY_SHEET.options;
  private _runsSetup = true;
  private _closed: IExtractState | null = null;
  private _selection: readonly string[] = [];
  private _seen: readonly string[] = []; // the cells of the page that was planned
  private _sections: Sections | null = null; // of a page that is split
  /** What the preview was asked for; where null, the server part proposed. */
  private _fields: Pick<IExtractRequest, 'module' | 'name'> = {
    module: null,
    name: null
  };
  private _applied: IApplied | null = null;
}
