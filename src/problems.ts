/** Errors that people can act on, as they are told. */
import { EditConflict, PageProblem } from './edits';
import { FixProblem } from './offers';
import { ApiError } from './request';
import type { ICellName, IProblem } from './tokens';

/** What went wrong; a bug of ours is thrown again. */
export function problemOf(
  error: unknown,
  page: { nameOf(cellId: string): ICellName | null }
): IProblem {
  if (error instanceof ApiError) {
    return error;
  }
  if (error instanceof FixProblem) {
    return error.problem;
  }
  if (error instanceof PageProblem || error instanceof EditConflict) {
    const message = page.nameOf(error.cellId)?.label ?? '';
    const kind = error instanceof PageProblem ? error.kind : 'cell-changed';
    return { kind, message, hint: '' };
  }
  throw error;
}
