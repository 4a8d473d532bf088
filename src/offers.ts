/** Whether a fix can be made, which one it is now, and how its edits read. */
import { applyEdits } from './edits';
import { liveCells, nameOf, type NotebookContext } from './live';
import type {
  FixObstacle,
  FixState,
  ICellEdit,
  IFinding,
  IFix,
  ILiveCell,
  INotebookReport,
  IProblem,
  IShownEdit
} from './tokens';

/** The fix was not made, in words of ours. */
export class FixProblem extends Error {
  constructor(problem: IProblem | IProblem['kind'], message = '') {
    super(message);
    this.problem =
      typeof problem === 'string'
        ? { kind: problem, message, hint: '' }
        : problem;
  }

  readonly problem: IProblem;
}

/** What in page or kernel stands in the way of a fix; null where nothing does. */
export function obstacleOf(
  fix: IFix,
  context: NotebookContext
): FixObstacle | null {
  if (!needsKernel(fix)) {
    return context.model.readOnly ? 'read-only' : null;
  }
  const kernel = context.sessionContext.session?.kernel;
  if (!kernel) {
    return 'no-kernel';
  }
  if (kernel.status === 'dead') {
    return 'kernel-dead';
  }
  const isThere =
    kernel.connectionStatus === 'connected' &&
    ['idle', 'busy'].includes(kernel.status);
  return isThere ? null : 'kernel-away';
}

/**
 * The fix as the page is now, or a `FixProblem`. A preview is seen before it counts, so
 * a fix of the same kind will do; cells are run only if they are those that were clicked.
 */
export function offerOf(
  report: INotebookReport | null,
  finding: IFinding,
  fix: IFix
): Pick<FixState, 'finding' | 'fix'> {
  const offers = (report?.findings ?? []).flatMap(finding =>
    finding.fixes.map(fix => ({ finding, fix }))
  );
  const found =
    offers.find(offer => offer.fix.id === fix.id) ??
    offers.find(
      offer =>
        !needsKernel(fix) &&
        offer.fix.kind === fix.kind &&
        offer.finding.check === finding.check &&
        offer.finding.cell_id === finding.cell_id
    );
  if (!found) {
    throw new FixProblem('fix-changed');
  }
  return found;
}

/**
 * Makes edits that were offered to the page with these cells, in this order: throws a
 * `FixProblem` where it is another one now, is read-only, or has locked them.
 */
export function applyOffered(
  context: NotebookContext,
  edits: readonly ICellEdit[],
  offeredTo: readonly string[]
): void {
  const { readOnly, sharedModel } = context.model;
  if (readOnly) {
    throw new FixProblem('read-only');
  }
  const ids = sharedModel.cells.map(cell => cell.getId());
  if (JSON.stringify(ids) !== JSON.stringify(offeredTo)) {
    throw new FixProblem('page-changed');
  }
  refuseLocked(context, edits);
  applyEdits(sharedModel, edits);
}

/** Cells that somebody locked stay as they are: throws a `FixProblem` for the first. */
export function refuseLocked(
  context: NotebookContext,
  edits: readonly ICellEdit[]
): void {
  for (const cell of liveCells(context.model)) {
    const action = edits.find(edit => edit.cell_id === cell.id)?.action;
    const key = action && LOCKS[action];
    const { sharedModel } = context.model;
    const shared = sharedModel.cells.find(one => one.getId() === cell.id);
    if (key && shared?.getMetadata(key) === false) {
      throw new FixProblem('cell-locked', nameOf(cell).label);
    }
  }
}

const LOCKS: Partial<Record<ICellEdit['action'], string>> = {
  replace: 'editable',
  delete: 'deletable'
};

/** What is said about a cell: of its own findings first, then where it is affected. */
export function findingsAt(
  report: INotebookReport | null,
  cellId: string | null
): IFinding[] {
  const rank = (finding: IFinding) =>
    (finding.certain ? 0 : 1) + (finding.cell_id === cellId ? 0 : 2);
  return (report?.findings ?? [])
    .filter(
      ({ affected, cell_id }) =>
        cellId !== null && (cell_id === cellId || affected.includes(cellId))
    )
    .sort((a, b) => rank(a) - rank(b));
}

function needsKernel(fix: IFix): boolean {
  return fix.run.length > 0 || fix.kind === 'restart';
}

/** An edit of a page with these cells, with the names that people know. */
export function asShown(
  edit: ICellEdit,
  cells: readonly ILiveCell[]
): IShownEdit {
  const { action, after, before, cell_id: id, index, to } = edit;
  const own = cells.find(cell => cell.id === id);
  const above = cells[action === 'move' ? (to ?? cells.length) : index];
  return {
    id,
    action,
    name: own ? nameOf(own) : null,
    above: above ? nameOf(above) : null,
    before,
    after
  };
}
