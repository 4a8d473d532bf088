/** Cell edits of an extraction, applied to the live notebook and taken back. */
import type { ISharedNotebook, YNotebook } from '@jupyter/ydoc';
import type { ICell } from '@jupyterlab/nbformat';

import type { ICellEdit } from './tokens';

/** The page is not what the edits were made for. Nothing was changed. */
export class EditConflict extends Error {
  constructor(readonly cellId: string) {
    super(`Cell ${cellId} has changed`);
  }
}

/** Cells that edits removed, whole, by id. */
export type RemovedCells = ReadonlyMap<string, ICell>;

/**
 * Applies all edits in one transaction, or throws `EditConflict` and changes nothing.
 *
 * An inserted cell whose id and source are those of a cell in `removed` comes back
 * whole, outputs and metadata included. Answers the cells that were removed.
 */
export function applyEdits(
  notebook: ISharedNotebook,
  edits: readonly ICellEdit[],
  removed: RemovedCells = new Map()
): RemovedCells {
  checkEdits(notebook, edits);
  // within a transaction `notebook.cells` stays as it was before
  const cells = new Map(notebook.cells.map(cell => [cell.getId(), cell]));
  const order = [...cells.keys()];
  const gone = new Map<string, ICell>();
  // Yjs merges what follows within 500 ms into one undo step: without these two the
  // person's next undo could take our edit with it.
  stopCapturing(notebook);
  notebook.transact(() => {
    let shift = 0;
    for (const edit of inPageOrder(edits)) {
      const cell = cells.get(edit.cell_id);
      if (edit.action === 'insert') {
        const place = Math.min(edit.index + shift, order.length);
        notebook.insertCell(place, newCell(edit, removed));
        order.splice(place, 0, edit.cell_id);
      } else if (cell && edit.action === 'delete') {
        const place = order.indexOf(edit.cell_id);
        gone.set(edit.cell_id, cell.toJSON() as ICell);
        notebook.deleteCell(place);
        order.splice(place, 1);
      } else {
        cell?.setSource(edit.after ?? '');
      }
      shift += shiftOf(edit);
    }
  });
  stopCapturing(notebook);
  return gone;
}

/** Throws `EditConflict` for the first cell that is not as its edit expects it. */
export function checkEdits(
  notebook: ISharedNotebook,
  edits: readonly ICellEdit[]
): void {
  for (const edit of edits) {
    const source = cellOf(notebook, edit.cell_id)?.getSource() ?? null;
    if (source !== edit.before) {
      throw new EditConflict(edit.cell_id);
    }
  }
}

/** The edits that take these back; `index` again counts before all edits. */
export function inverseOf(edits: readonly ICellEdit[]): ICellEdit[] {
  let shift = 0;
  return inPageOrder(edits).map(edit => {
    const index = edit.index + shift;
    shift += shiftOf(edit);
    return {
      action: OPPOSITE[edit.action],
      cell_id: edit.cell_id,
      index,
      before: edit.after,
      after: edit.before
    };
  });
}

const OPPOSITE = {
  replace: 'replace',
  insert: 'delete',
  delete: 'insert'
} as const;

function shiftOf(edit: ICellEdit): number {
  return { replace: 0, insert: 1, delete: -1 }[edit.action];
}

/** Sorted by place; at one place insertions come first, in the given order. */
function inPageOrder(edits: readonly ICellEdit[]): ICellEdit[] {
  const rank = (edit: ICellEdit) => (edit.action === 'insert' ? 0 : 1);
  return [...edits].sort((a, b) => a.index - b.index || rank(a) - rank(b));
}

function newCell(edit: ICellEdit, removed: RemovedCells) {
  const old = removed.get(edit.cell_id);
  if (old && old.source === edit.after) {
    return { ...old, id: edit.cell_id };
  }
  return {
    cell_type: 'code',
    id: edit.cell_id,
    source: edit.after ?? '',
    metadata: { trusted: true }
  };
}

function cellOf(notebook: ISharedNotebook, id: string) {
  return notebook.cells.find(cell => cell.getId() === id);
}

function stopCapturing(notebook: ISharedNotebook): void {
  // only the Yjs implementation, which is JupyterLab's, has an undo manager
  (notebook as YNotebook).undoManager?.stopCapturing();
}
