/** What a request may end with instead of an answer. */
import { record, text } from '../shape';

export const readProblem = record({ message: text, hint: text });

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
    | 'not-finished'
    | 'unsaved'
    | 'not-restarted'
    | 'page-changed'
    | 'page-edited'
    | 'fix-changed'
    | 'cell-locked'
    | 'cannot-undo'
    | 'cell-edited'
    | 'outputs-cut'
    | 'read-only'
    | 'refused';
  readonly message: string;
  readonly hint: string;
}
