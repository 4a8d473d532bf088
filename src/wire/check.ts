/** `POST check` and `GET checks/<name>`: the report of a notebook, the page of a check. */
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
import { effect, fix } from './parts';

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

export type ICellReport = Read<typeof cellReport>;
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
