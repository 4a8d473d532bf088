/** What several requests and answers are made of. */
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

export const effect = record({
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

export type IEffect = Read<typeof effect>;

export const fixFields = {
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
    'relative-path',
    'make-idempotent',
    'run-cells',
    'restart'
  ),
  checked: flag,
  run: list(text)
};

export const fix = record(fixFields);

export type IFix = Read<typeof fix>;

export const cellEdit = record({
  action: oneOf('replace', 'insert', 'delete', 'move'),
  cell_id: text,
  index: number,
  before: nullable(text),
  after: nullable(text),
  /** A cell that moves goes in front of the one that stands here before all edits. */
  to: nullable(number)
});

export type ICellEdit = Read<typeof cellEdit>;
