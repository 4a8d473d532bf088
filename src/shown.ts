/** What the panel shows: the state of each of its sheets, in words of the page. */
import type { IFinding } from './wire/check';
import type {
  IExtraction,
  IExtractOptions,
  IStep,
  IUnfinished,
  Lines
} from './wire/extract';
import type { IFixing } from './wire/fix';
import type { ICellEdit, IEffect, IFix } from './wire/parts';
import type { IProblem } from './wire/problem';
import type { IVerifyJob } from './wire/verify';

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

/** A job that runs cells, as the page follows it. */
export type JobRunState =
  | { readonly phase: 'idle' }
  | { readonly phase: 'asking'; readonly cells: readonly IAskedCell[] }
  | { readonly phase: 'short'; readonly message: string }
  | {
      readonly phase: 'running';
      readonly job: IVerifyJob | null;
      readonly cancelling: boolean;
    }
  | { readonly phase: 'ended'; readonly job: IVerifyJob }
  | { readonly phase: 'failed'; readonly problem: IProblem };

/** Restart and verify, as the panel shows it. */
export type VerifyState =
  | Exclude<JobRunState, { readonly phase: 'ended' }>
  | {
      readonly phase: 'ended';
      readonly job: IVerifyJob;
      readonly at: Date;
      readonly changedSince: readonly ICellName[];
    };

/** What was done about a cell of a result, or why it was not. */
export type ReviewNote =
  | { readonly kind: 'used' | 'noisy' }
  | { readonly kind: 'problem'; readonly problem: IProblem };

/** The repair that was applied last, or why it could not be. */
export type RepairState =
  | { readonly id: string; readonly title: string; readonly phase: 'applied' }
  | {
      readonly id: string;
      readonly phase: 'failed';
      readonly problem: IProblem;
    };

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
      /** What cells showed before: there is nothing else, it is kept, or it is back. */
      readonly previous: 'none' | 'kept' | 'back';
    }
  | { readonly phase: 'failed'; readonly problem: IProblem };

/** What is below one heading, as far as it can be moved. */
export interface ISection {
  readonly heading: string;
  readonly module: string;
  readonly functions: readonly IStep[];
  /** False where the person leaves it in the notebook. */
  readonly moves: boolean;
}

/** Extract to module, as the panel shows it. */
export interface IExtractState {
  readonly cells: readonly ICellName[];
  /** What is selected of them in part. */
  readonly lines: Lines;
  /** Of a page that is split at its headings, else null. */
  readonly sections: readonly ISection[] | null;
  /** The folder of its modules where a page is split. */
  readonly module: string;
  readonly name: string;
  readonly busy: boolean;
  readonly extraction: IExtraction | null;
  readonly problem: IProblem | null;
  /** True where module and name are those of the shown preview. */
  readonly isCurrent: boolean;
  readonly proof: JobRunState;
  readonly options: IExtractOptions;
  /** The install of the project, and what is to be known once it is done. */
  readonly install: JobRunState;
  readonly installed: string;
  /** The proof of what is shown, where the person looks at it before it is written. */
  readonly provenBy: string | null;
  /** Whether the added lines are run in the page's kernel once they are proven. */
  readonly runsSetup: boolean;
  /** What came of that; null where it was not wanted. */
  readonly setupRun: SetupRun | null;
}

/** A sheet that was just opened; its options are the server part's where none are sent. */
/** What is ticked for one selection, and not for the next. */
export const OF_THIS_ALONE = {
  update: false,
  pure: false,
  several: false,
  constants: [],
  defaults: [],
  parameters: [],
  returns: []
};

export const EMPTY_SHEET: IExtractState = {
  cells: [],
  lines: {},
  sections: null,
  module: '',
  name: '',
  busy: false,
  extraction: null,
  problem: null,
  isCurrent: false,
  proof: { phase: 'idle' },
  options: {
    autoreload: true,
    annotations: true,
    docstring: true,
    test: false,
    ...OF_THIS_ALONE
  },
  install: { phase: 'idle' },
  installed: '',
  provenBy: null,
  runsSetup: true,
  setupRun: null
};

export function isInstalled(run: JobRunState): boolean {
  return run.phase === 'ended' && run.job.state === 'done';
}

/** What is to be known once an install is done; empty before. */
export function installedNote(run: JobRunState): string {
  return run.phase === 'ended' && isInstalled(run)
    ? (run.job.install?.note ?? '')
    : '';
}

/** Is there a test to be looked at before it is written? */
export function wantsTest(
  { test }: IExtractOptions,
  extraction: IExtraction | null
): boolean {
  return test && !extraction?.no_test;
}

/** The added lines in the page's own kernel: run, or why not. */
export type SetupRun =
  | { readonly kind: 'ran' }
  | { readonly kind: 'failed'; readonly message: string }
  /** These names are in the kernel already. */
  | { readonly kind: 'held'; readonly names: readonly string[] }
  | { readonly kind: 'not-idle' };

/** An extraction that was not made to its end, or that was now. */
export interface IUnfinishedState extends IUnfinished {
  readonly phase: 'found' | 'finished';
  readonly busy: boolean;
  readonly problem?: IProblem | null;
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
