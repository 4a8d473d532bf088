/** `POST fix`. */
import { list, oneOf, record, text, type Read } from '../shape';
import type { ILive } from './live';
import { cellEdit, fixFields } from './parts';

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
