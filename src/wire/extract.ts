/** `POST extract`, `POST apply`, and what the journal has: `journal`, `finish`, `undo`. */
import {
  flag,
  list,
  nullable,
  number,
  oneOf,
  record,
  text,
  type Read
} from '../shape';
import type { ILive, ILiveCell } from './live';
import { cellEdit } from './parts';

/** What a person can leave out, or add, and the page does the same. */
export interface IExtractOptions {
  readonly autoreload: boolean;
  readonly annotations: boolean;
  readonly docstring: boolean;
  readonly test: boolean;
  /** A function of the module that has the same name is replaced. */
  readonly update: boolean;
  /** The function copies the inputs that it changes; it needs a proof. */
  readonly pure: boolean;
  /** As many functions as the cells need, each up to a value that is shown. */
  readonly several: boolean;
  /** Names for literals that move to the module. */
  readonly constants: readonly string[];
  /** Names for literals that become keywords with this default. */
  readonly defaults: readonly string[];
  /** Names that functions are given at each call: the page binds them anew. */
  readonly parameters: readonly string[];
  /** Names that functions set, and would return. */
  readonly returns: readonly string[];
}

/** Those that are ticked. */
export type ExtractTick = Exclude<
  keyof IExtractOptions,
  'constants' | 'defaults' | 'parameters' | 'returns'
>;

/** First and last line, from 1. */
export type LineRange = readonly number[];

/** What is selected of cells in part, by their ids. */
export type Lines = Readonly<Record<string, readonly LineRange[]>>;

export interface IExtractRequest extends ILive {
  readonly selection: readonly string[];
  readonly lines: Lines;
  readonly module: string | null;
  readonly name: string | null;
  readonly options: IExtractOptions;
  /** At the headings: `module` is a folder, `selection` what may move; empty for all. */
  readonly split: boolean;
}

export interface IProofRequest extends IExtractRequest {
  /** The preview's; the page may not have changed since. */
  readonly base: string;
  /** Cells that may touch the world again. */
  readonly confirmed: readonly string[];
  readonly confirmed_memory: boolean;
  /** Without what earlier proofs ran. */
  readonly anew: boolean;
}

export interface IApplyRequest extends IExtractRequest {
  readonly base: string;
  /** The job that proved it; null for none. */
  readonly proof: string | null;
}

export interface IInstallRequest extends IExtractRequest {
  /** The preview's. */
  readonly base: string;
}

export interface ICarryRequest extends ILive {
  /** The job that proved it. */
  readonly proof: string;
  readonly selection: readonly string[];
}

export interface IJournalRequest {
  readonly path: string;
  readonly cells: readonly ILiveCell[];
}

/** To undo, or to finish, what has this id. */
export interface IUndoRequest extends IJournalRequest {
  readonly id: string;
}

const parameter = record({
  name: text,
  annotation: nullable(text),
  reason: text,
  /** Of a keyword; null for what each call gives. */
  default: nullable(text)
});

const way = oneOf('argument', 'default', 'constant');

/** A name for a literal: how the function gets it, and how it could. */
const setting = record({
  name: text,
  text,
  given: way,
  offered: list(way)
});

/**
 * What one click can do about a refusal: `lines` of a cell, other `cells`, `edits` first, or
 * the option `update` or `several`, or those of `names`.
 */
const remedy = record({
  kind: oneOf(
    'lines',
    'cells',
    'replace',
    'update',
    'several',
    'parameters',
    'returns'
  ),
  cell: nullable(text),
  lines: nullable(list(number)),
  cells: nullable(list(text)),
  edits: nullable(list(cellEdit)),
  names: nullable(list(text))
});

const step = record({
  heading: text,
  cells: list(text),
  function: text,
  module: text,
  inputs: list(parameter),
  outputs: list(parameter),
  labels: list(text),
  notes: list(text)
});

/** An install in the kernel's environment; `why_not` is empty where a click can do it. */
const install = record({
  package: text,
  command: text,
  files: list(text),
  diff: text,
  why_not: text
});

/** Lines of the diff, from 1, that belong to an option, or to the `module` of a section. */
const optionalLines = record({
  option: text,
  module: nullable(text),
  first: number,
  last: number
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
      remedy: text,
      action: nullable(remedy)
    })
  ),
  notes: list(text),
  labels: list(text),
  diff: text,
  /** What of it may be left out. */
  optional: list(optionalLines),
  proof: oneOf('equal', 'equal-where-deterministic', 'differs', 'not-run'),
  /** When the page's own run was made, where that was for an earlier proof. */
  baseline: nullable(text),
  files: list(text),
  base: text,
  cells: list(cellEdit),
  undo_id: nullable(text),
  /** The lines that make what moved usable on the page, and what they bind. */
  setup: text,
  setup_binds: list(text),
  /** Names that the page may not hold any more. */
  lost: list(text),
  importable: flag,
  reach: text,
  /** Why there can be no test; null where there may be one. */
  no_test: nullable(text),
  /** What would make it importable; null where there is nothing to do. */
  install: nullable(install),
  /** Lines for a kernel that began before the install; empty where there are none. */
  reread: text,
  /** The functions that a page is split into; empty for a single one. */
  steps: list(step),
  /** Names for literals that could be given otherwise than as an argument. */
  settings: list(setting)
});

export const readUndone = record({
  cells: list(cellEdit),
  files: list(text),
  /** What no undo takes back; empty where there is nothing. */
  stays: text
});

export const readJournal = record({
  unfinished: nullable(
    record({
      id: text,
      what: text,
      /** Nothing but the page's half is missing. */
      is_written: flag,
      files: list(text)
    })
  )
});

export type IStep = Read<typeof step>;
export type ISetting = Read<typeof setting>;
export type SettingWay = Read<typeof way>;
export type IParameter = Read<typeof parameter>;
export type IExtraction = Read<typeof readExtraction>;
export type IInstall = Read<typeof install>;
export type IOptionalLines = Read<typeof optionalLines>;
export type IRemedy = Read<typeof remedy>;
export type IUndone = Read<typeof readUndone>;
export type IUnfinished = NonNullable<Read<typeof readJournal>['unfinished']>;
