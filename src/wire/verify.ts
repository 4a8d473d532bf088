/** `POST verify` and its job. */
import type { INotebookContent } from '@jupyterlab/nbformat';

import {
  anything,
  flag,
  list,
  nullable,
  number,
  oneOf,
  record,
  text,
  type Read
} from '../shape';
import { readExtraction } from './extract';
import type { ILive } from './live';
import { cellEdit, effect } from './parts';
import { readProblem } from './problem';

export interface IVerifyRequest extends ILive {
  readonly notebook: INotebookContent;
  readonly confirmed: readonly string[];
  readonly skip: readonly string[];
  /** The last cell that is run; null for all. */
  readonly until: string | null;
  /** The cell whose needs alone are run; null for all. */
  readonly only: string | null;
  /** A second kernel may be started though memory may not suffice. */
  readonly confirmed_memory: boolean;
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

const verdict = oneOf(
  'reproduces',
  'reproduces-but-noise',
  'differs',
  'fails',
  'unverified'
);

const repair = record({
  id: text,
  title: text,
  /** A further fresh kernel ran the page with it, and nothing that was right changed. */
  proven: flag,
  /** What came of that run. */
  verdict,
  diff: text,
  cells: list(cellEdit),
  /** Cells that get the outputs of that run: `repairedOutputs` has them. */
  outputs: list(text)
});

/** A name that the person's kernel and the clean one do not hold alike. */
const stateDifference = record({
  name: text,
  kind: oneOf('only-live', 'only-fresh', 'differs', 'not-comparable'),
  detail: text
});

const verifyReport = record({
  path: text,
  verdict,
  seconds: number,
  message: text,
  cells: list(verifiedCell),
  cause: nullable(
    record({
      check: text,
      cell_id: nullable(text),
      line: nullable(number),
      message: text,
      source: nullable(text),
      /** What to do about it; may be empty. */
      remedy: text
    })
  ),
  repairs: list(repair),
  /** Why none was looked for; empty where one was, or none is needed. */
  repairs_skipped: text,
  state: list(stateDifference),
  /** Why states were not compared; empty where they were. */
  state_skipped: text
});

const summary = {
  id: text,
  path: text,
  kind: oneOf('verify', 'proof', 'install'),
  state: oneOf('queued', 'running', 'done', 'cancelled', 'failed'),
  done: number,
  total: number,
  started_at: text,
  ended_at: nullable(text)
};

/** A code cell as it stood when the verification began. */
const pageCell = record({
  cell_id: text,
  hash: text,
  execution_count: nullable(number),
  first_line: text
});

export const readJob = record({
  ...summary,
  running: nullable(text),
  /** What the fresh kernels are for at present. */
  phase: oneOf('run', 'repair'),
  /** Of the cells that took a known time before; null where none did. */
  seconds_left: nullable(number),
  /** Cells to come of which nobody knows how long they take. */
  unknown_left: number,
  page: list(pageCell),
  cells: list(verifiedCell),
  report: nullable(verifyReport),
  /** What a proof found; null of a verification. */
  extraction: nullable(readExtraction),
  /** What an installer said last; the note is empty until it is done. */
  install: nullable(record({ said: list(text), note: text })),
  error: nullable(readProblem)
});

const jobSummary = record(summary);

/** The person's jobs, oldest first. */
export const readJobs = record({ jobs: list(jobSummary) });

/** Outputs are as nbformat has them: whoever shows them reads them. */
export const readFreshOutputs = record({
  cell_id: text,
  outputs: list(anything),
  whole: flag
});

export const readStarted = record({ id: text });

/** What a 409 of `POST verify` tells where a second kernel may not fit. */
export const readShortage = record({
  message: text,
  memory: record({ used: number, free: number })
});

/** What a 409 of `POST verify` asks about. */
export const readAsked = record({
  effects: list(record({ cell_id: text, effects: list(effect) }))
});

export type IPageCell = Read<typeof pageCell>;
export type IFreshOutputs = Read<typeof readFreshOutputs>;
export type IRepair = Read<typeof repair>;
export type IStateDifference = Read<typeof stateDifference>;
export type IVerifiedCell = Read<typeof verifiedCell>;
export type IVerifyReport = Read<typeof verifyReport>;
export type IJobSummary = Read<typeof jobSummary>;
export type IVerifyJobs = Read<typeof readJobs>;
export type IVerifyJob = Read<typeof readJob>;
