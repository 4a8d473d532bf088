/** Edits of the page, applied to the live notebook and taken back. */
import type { ISharedNotebook, YNotebook } from '@jupyter/ydoc';
import type { ICell } from '@jupyterlab/nbformat';

import type { ICellEdit, IProblem } from './tokens';

/** The page is not what the edits were made for. Nothing was changed. */
export class EditConflict extends Error {
  constructor(readonly cellId: string) {
    super(`Cell ${cellId} has changed`);
  }
}

/** The page could not follow what the server part had done. */
export class PageProblem extends Error {
  constructor(
    readonly kind: IProblem['kind'],
    readonly cellId: string
  ) {
    super(kind);
  }
}

/** A conflict of edits as a problem of this kind; any other error as it is. */
export function withKind(error: unknown, kind: IProblem['kind']): unknown {
  return error instanceof EditConflict
    ? new PageProblem(kind, error.cellId)
    : error;
}

/** Cells that edits removed, whole, by id. */
export type RemovedCells = ReadonlyMap<string, ICell>;

/** What takes edits back: `applyEdits(notebook, undo.edits, undo.removed)`. */
export interface IUndoEdits {
  readonly edits: readonly ICellEdit[];
  readonly removed: RemovedCells;
}

/**
 * Applies all edits in one transaction, or throws `EditConflict` and changes nothing.
 *
 * An inserted cell whose id and source are those of a cell in `removed` comes back
 * whole, outputs and metadata included, as does a cell that moves.
 */
export function applyEdits(
  notebook: ISharedNotebook,
  edits: readonly ICellEdit[],
  removed: RemovedCells = new Map()
): IUndoEdits {
  checkEdits(notebook, edits);
  const before = idsOf(notebook);
  const after = orderAfter(before, edits);
  const taken = takenBy(notebook, edits);
  asOneStep(notebook, () => {
    replaceSources(notebook, edits);
    for (const index of placesOf(before, edits, isLeaving).reverse()) {
      notebook.deleteCell(index);
    }
    for (const index of placesOf(after, edits, isArriving)) {
      const edit = edits.find(edit => edit.cell_id === after[index])!;
      notebook.insertCell(index, cellFor(edit, taken, removed));
    }
  });
  return { edits: inverseOf(edits, before, after), removed: taken };
}

/** Makes a change that one Undo of the page takes back, alone and whole. */
export function asOneStep(notebook: ISharedNotebook, change: () => void): void {
  // Yjs merges what follows within 500 ms into one undo step: without these two the
  // person's next undo could take our edit with it.
  stopCapturing(notebook);
  notebook.transact(change);
  stopCapturing(notebook);
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

function isLeaving({ action }: ICellEdit): boolean {
  return action === 'delete' || action === 'move';
}

function isArriving({ action }: ICellEdit): boolean {
  return action === 'insert' || action === 'move';
}

/** The ids of the page once the edits are made; what stays keeps its order. */
function orderAfter(
  before: readonly string[],
  edits: readonly ICellEdit[]
): string[] {
  const leaving = new Set(edits.filter(isLeaving).map(edit => edit.cell_id));
  const arriving = (isHere: (place: number) => boolean) =>
    edits.filter(isArriving).filter(edit => isHere(placeOf(edit)));
  const order = before.flatMap((id, place) => [
    ...arriving(at => at === place).map(edit => edit.cell_id),
    ...(leaving.has(id) ? [] : [id])
  ]);
  const last = arriving(at => at >= before.length);
  return [...order, ...last.map(edit => edit.cell_id)];
}

/** In front of which cell the edit's cell goes, counted before all edits. */
function placeOf(edit: ICellEdit): number {
  return edit.action === 'move' ? (edit.to ?? edit.index) : edit.index;
}

/** Where in `order` the cells stand that such edits are about. */
function placesOf(
  order: readonly string[],
  edits: readonly ICellEdit[],
  isWanted: (edit: ICellEdit) => boolean
): number[] {
  const ids = new Set(edits.filter(isWanted).map(edit => edit.cell_id));
  return order.flatMap((id, place) => (ids.has(id) ? [place] : []));
}

/** The edits that lead from `after` to `before`; places count in `after`. */
function inverseOf(
  edits: readonly ICellEdit[],
  before: readonly string[],
  after: readonly string[]
): ICellEdit[] {
  const gone = new Set(edits.filter(isLeaving).map(edit => edit.cell_id));
  const backTo = (id: string) => {
    const next = before
      .slice(before.indexOf(id) + 1)
      .find(other => !gone.has(other));
    return next === undefined ? after.length : after.indexOf(next);
  };
  const ofEdit = (edit: ICellEdit): ICellEdit => {
    const { cell_id: id } = edit;
    const place = after.indexOf(id);
    return {
      action: OPPOSITE[edit.action],
      cell_id: id,
      index: place < 0 ? backTo(id) : place,
      before: edit.after,
      after: edit.before,
      to: edit.action === 'move' ? backTo(id) : null
    };
  };
  // cells that come back to one place come back in their old order
  const place = (edit: ICellEdit) => before.indexOf(edit.cell_id);
  return [...edits].sort((a, b) => place(a) - place(b)).map(ofEdit);
}

const OPPOSITE = {
  replace: 'replace',
  insert: 'delete',
  delete: 'insert',
  move: 'move'
} as const;

function replaceSources(
  notebook: ISharedNotebook,
  edits: readonly ICellEdit[]
): void {
  for (const edit of edits) {
    if (edit.action === 'replace') {
      cellOf(notebook, edit.cell_id)?.setSource(edit.after ?? '');
    }
  }
}

/** The cells that the edits take from their place, whole. */
function takenBy(
  notebook: ISharedNotebook,
  edits: readonly ICellEdit[]
): RemovedCells {
  const ids = new Set(edits.filter(isLeaving).map(edit => edit.cell_id));
  const cells = notebook.cells.filter(cell => ids.has(cell.getId()));
  return new Map(cells.map(cell => [cell.getId(), cell.toJSON() as ICell]));
}

function cellFor(edit: ICellEdit, taken: RemovedCells, removed: RemovedCells) {
  const old =
    edit.action === 'move'
      ? taken.get(edit.cell_id)
      : removed.get(edit.cell_id);
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

function idsOf(notebook: ISharedNotebook): string[] {
  return notebook.cells.map(cell => cell.getId());
}

function stopCapturing(notebook: ISharedNotebook): void {
  // only the Yjs implementation, which is JupyterLab's, has an undo manager
  (notebook as YNotebook).undoManager?.stopCapturing();
}
