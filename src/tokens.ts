/**
 * What the panel and the server say to each other, exactly as docs/interface.md has
 * it, and the nouns that the panel's parts share. The only TypeScript file that
 * knows key names.
 */
import type { INotebookContent } from '@jupyterlab/nbformat';

import {
  flag,
  list,
  nullable,
  number,
  oneOf,
  record,
  text,
  type Read
} from './shape';

/** The plugin's and the panel's id. */
export const PLUGIN_ID = 'jupyter-prodready:plugin';
export const PANEL_ID = 'jupyter-prodready-panel';

/** Names of the commands. */
export const CommandIDs = {
  show: 'prodready:show-panel',
  check: 'prodready:check-notebook',
  next: 'prodready:jump-to-next',
  verify: 'prodready:verify-notebook',
  restart: 'prodready:restart-and-run',
  extract: 'prodready:extract-cells',
  fix: 'prodready:fix-problem'
} as const;

// --- check ------------------------------------------------------------------------

const effect = record({
  kind: oneOf(
    'reads-file',
    'writes-file',
    'network',
    'shell',
    'random',
    'clock',
    'environment',
    'stdin',
    'opaque'
  ),
  line: number,
  detail: text
});

const cellReport = record({
  id: text,
  index: number,
  execution_count: nullable(number),
  state: oneOf(
    'reproducible',
    'edited',
    'stale',
    'never-run',
    'old-session',
    'unknown'
  ),
  certain: flag,
  inputs: oneOf('fresh', 'stale', 'unknown'),
  now: oneOf('ok', 'differs', 'fails', 'unknown'),
  restart: oneOf('ok', 'fails', 'blocked', 'unknown'),
  first_line: text,
  effects: list(effect)
});

const fixFields = {
  title: text,
  proven: flag,
  id: text,
  kind: oneOf(
    'restore-source',
    'restore-line',
    'insert-code',
    'move-cells',
    'rename',
    'add-import',
    'add-seed',
    'run-cells',
    'restart'
  ),
  checked: flag,
  run: list(text)
};
const fix = record(fixFields);

const finding = record({
  check: text,
  severity: oneOf('error', 'warning', 'info'),
  certain: flag,
  cell_id: text,
  cell_index: number,
  line: number,
  names: list(text),
  message: text,
  cause: nullable(
    record({
      cell_id: nullable(text),
      execution_count: nullable(number),
      source: nullable(text)
    })
  ),
  affected: list(text),
  fixes: list(fix),
  consequence: text,
  reason: nullable(text)
});

export const readReport = record({
  path: text,
  verdict: record({
    state: oneOf(
      'none',
      'other-language',
      'unknown',
      'in-order',
      'weak',
      'stale',
      'broken'
    ),
    message: text
  }),
  cells: list(cellReport),
  findings: list(finding),
  suppressed: list(finding),
  skipped: list(record({ check: text, reason: text }))
});

export type IEffect = Read<typeof effect>;
export type ICellReport = Read<typeof cellReport>;
export type IFix = Read<typeof fix>;
export type IFinding = Read<typeof finding>;
export type INotebookReport = Read<typeof readReport>;
export type VerdictState = INotebookReport['verdict']['state'];

export const readPage = record({
  name: text,
  severity: text,
  summary: text,
  page: text
});
export type IPage = Read<typeof readPage>;

// --- live -------------------------------------------------------------------------

export interface ILiveCell {
  readonly id: string;
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly execution_count: number | null;
  readonly has_output: boolean;
  /** An error stands among the outputs; where it is from, as in IRun. */
  readonly failed?: boolean;
  readonly error_line?: number | null;
  readonly error_name?: string | null;
  readonly tags: readonly string[];
}

export interface IRun {
  readonly execution_count: number | null;
  readonly source: string | null;
  readonly status: 'ok' | 'error' | 'aborted' | 'running' | 'unknown';
  readonly cell_id: string | null;
  readonly error_line: number | null;
  /** The class of the error, e.g. KeyboardInterrupt. */
  readonly error_name?: string;
}

export interface ILive {
  readonly path: string;
  readonly cells: readonly ILiveCell[];
  readonly language: string;
  readonly language_version: string | null;
  readonly kernel_id: string | null;
  readonly kernel_session: string | null;
  readonly runs: readonly IRun[];
}

// --- verify -----------------------------------------------------------------------

export interface IVerifyRequest extends ILive {
  readonly notebook: INotebookContent;
  readonly confirmed: readonly string[];
  readonly skip: readonly string[];
  readonly until: string | null;
}

const verifiedCell = record({
  id: text,
  index: number,
  verdict: oneOf(
    'identical',
    'equivalent',
    'nondeterministic',
    'changed',
    'error',
    'blocked',
    'timeout',
    'kernel-died',
    'needs-input',
    'skipped'
  ),
  detail: text,
  seconds: number
});

const verifyReport = record({
  path: text,
  verdict: oneOf(
    'reproduces',
    'reproduces-but-noise',
    'differs',
    'fails',
    'unverified'
  ),
  seconds: number,
  message: text,
  cells: list(verifiedCell),
  cause: nullable(
    record({
      check: text,
      cell_id: nullable(text),
      line: nullable(number),
      message: text,
      source: nullable(text)
    })
  ),
  repairs: list(record({ title: text, proven: flag, diff: text }))
});

const problem = record({ message: text, hint: text });

export const readJob = record({
  id: text,
  path: text,
  state: oneOf('queued', 'running', 'done', 'cancelled', 'failed'),
  done: number,
  total: number,
  running: nullable(text),
  cells: list(verifiedCell),
  report: nullable(verifyReport),
  error: nullable(problem)
});

export const readStarted = record({ id: text });

/** What a 409 of `POST verify` asks about. */
export const readAsked = record({
  effects: list(record({ cell_id: text, effects: list(effect) }))
});

export type IVerifiedCell = Read<typeof verifiedCell>;
export type IVerifyReport = Read<typeof verifyReport>;
export type IVerifyJob = Read<typeof readJob>;

// --- extract ----------------------------------------------------------------------

export interface IExtractRequest extends ILive {
  readonly selection: readonly string[];
  readonly module: string | null;
  readonly name: string | null;
}

export interface IApplyRequest extends IExtractRequest {
  readonly base: string;
}

export interface IUndoRequest {
  readonly id: string;
  readonly path: string;
  readonly cells: readonly ILiveCell[];
}

const parameter = record({
  name: text,
  annotation: nullable(text),
  reason: text
});

const cellEdit = record({
  action: oneOf('replace', 'insert', 'delete', 'move'),
  cell_id: text,
  index: number,
  before: nullable(text),
  after: nullable(text),
  /** A cell that moves goes in front of the one that stands here before all edits. */
  to: nullable(number)
});

export const readExtraction = record({
  status: oneOf('applied', 'preview', 'refused'),
  function: text,
  module: text,
  inputs: list(parameter),
  outputs: list(parameter),
  refusals: list(
    record({
      cell_id: nullable(text),
      line: nullable(number),
      message: text,
      remedy: text
    })
  ),
  notes: list(text),
  labels: list(text),
  diff: text,
  proof: oneOf('equal', 'equal-where-deterministic', 'differs', 'not-run'),
  files: list(text),
  base: text,
  cells: list(cellEdit),
  undo_id: nullable(text)
});

export const readUndone = record({ cells: list(cellEdit), files: list(text) });

export type IParameter = Read<typeof parameter>;
export type ICellEdit = Read<typeof cellEdit>;
export type IExtraction = Read<typeof readExtraction>;
export type IUndone = Read<typeof readUndone>;

// --- fix --------------------------------------------------------------------------

export interface IFixRequest extends ILive {
  readonly id: string;
  /** That of the preview; null asks for a preview. */
  readonly base: string | null;
}

export const readFixing = record({
  path: text,
  status: oneOf('applied', 'preview', 'nothing'),
  fixes: list(record({ ...fixFields, check: text, cell_id: text })),
  cells: list(cellEdit),
  diff: text,
  base: text
});

export type IFixing = Read<typeof readFixing>;

// --- errors -----------------------------------------------------------------------

export const readProblem = problem;

/**
 * Something went wrong. Where the server part or the panel's caller has words for it
 * (`refused`), these are `message` and `hint`; else `message` is the bare detail and
 * components/notice.tsx finds the words.
 */
export interface IProblem {
  readonly kind:
    | 'no-server-part'
    | 'unreachable'
    | 'mismatch'
    | 'http'
    | 'cell-changed'
    | 'undone-again'
    | 'half-undone'
    | 'not-restarted'
    | 'page-changed'
    | 'fix-changed'
    | 'cell-locked'
    | 'cannot-undo'
    | 'refused';
  readonly message: string;
  readonly hint: string;
}

// --- what the panel shows ---------------------------------------------------------

/** A cell as the page has it now; `label` is its prompt, e.g. `[12]`. */
export interface ICellName {
  readonly id: string;
  readonly label: string;
  readonly firstLine: string;
}

/** A cell that would touch the world again: `detail` says what it looks like. */
export interface IAskedCell extends ICellName {
  readonly kinds: readonly IEffect['kind'][];
  readonly detail: string;
}

/** Restart and verify, as the panel shows it. */
export type VerifyState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking'; readonly cells: readonly IAskedCell[] }
  | {
      readonly phase: 'running';
      readonly job: IVerifyJob | null;
      readonly cancelling: boolean;
    }
  | {
      readonly phase: 'ended';
      readonly job: IVerifyJob;
      readonly at: Date;
      readonly changedSince: readonly ICellName[];
    }
  | { readonly phase: 'failed'; readonly problem: IProblem };

/** Restart this kernel and run all, as the panel shows it. */
export type RestartState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking'; readonly failing: readonly ICellName[] }
  | {
      readonly phase: 'running';
      readonly done: number;
      readonly total: number;
      readonly stopping: boolean;
    }
  | {
      readonly phase: 'ended';
      readonly done: number;
      readonly total: number;
      readonly failed: ICellName | null;
    }
  | { readonly phase: 'failed'; readonly problem: IProblem };

/** Extract to module, as the panel shows it. */
export interface IExtractState {
  readonly cells: readonly ICellName[];
  readonly module: string;
  readonly name: string;
  readonly busy: boolean;
  readonly extraction: IExtraction | null;
  readonly problem: IProblem | null;
  /** True where module and name are those of the shown preview. */
  readonly isCurrent: boolean;
}

/** An edit as people read it: which cell, and in front of which one it goes. */
export interface IShownEdit {
  readonly id: string;
  readonly action: ICellEdit['action'];
  readonly name: ICellName | null;
  /** Null at the end of the page. */
  readonly above: ICellName | null;
  readonly before: string | null;
  readonly after: string | null;
}

/** Why a fix cannot be made now. */
export type FixObstacle =
  'read-only' | 'no-kernel' | 'kernel-dead' | 'kernel-away' | 'under-way';

/** The one fix that was asked for, and how far it is. */
export type FixState = {
  readonly fix: IFix;
  /** The finding that it mends. */
  readonly finding: IFinding;
} & FixPhase;

export type FixPhase =
  | { readonly phase: 'planning' }
  | {
      readonly phase: 'preview';
      readonly fixing: IFixing;
      readonly edits: readonly IShownEdit[];
      /** False where the page is no longer the one of the preview. */
      readonly isCurrent: boolean;
      readonly busy: boolean;
    }
  | {
      readonly phase: 'running';
      readonly done: number;
      readonly total: number;
      readonly running: ICellName | null;
      readonly stopping: boolean;
    }
  | {
      readonly phase: 'stopped';
      readonly end: 'failed' | 'interrupted' | 'changed';
      readonly at: ICellName | null;
      /** Cells that were not run after it. */
      readonly left: number;
    }
  | { readonly phase: 'done'; readonly undoable: boolean }
  | { readonly phase: 'failed'; readonly problem: IProblem };

/** Where to go in the page; `line` counts from 1. */
export interface IPlace {
  readonly cellId: string;
  readonly line: number;
}
