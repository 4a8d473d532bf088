/**
 * Outputs of cells: read from the live page, and put there.
 *
 * Undo of the page does not know of outputs, whoever writes them: core (4.6) draws a
 * change that takes out and puts in at once wrongly where it is of streams. So whoever
 * shows outputs here keeps those of before and offers the way back.
 */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IOutput } from '@jupyterlab/nbformat';
import type { INotebookModel } from '@jupyterlab/notebook';

/** What a code cell shows, and the code that it is shown under. */
export interface IShown {
  readonly cellId: string;
  readonly source: string;
  readonly outputs: readonly IOutput[];
  readonly executionCount: number | null;
}

/** Null where the page has no such code cell. */
export function shownBy(page: INotebookModel, cellId: string): IShown | null {
  const cell = codeCell(page, cellId);
  return (
    cell && {
      cellId,
      source: cell.sharedModel.getSource(),
      outputs: cell.outputs.toJSON(),
      executionCount: cell.executionCount
    }
  );
}

/** Shows this; a cell whose code is another by now is left alone. */
export function show(page: INotebookModel, shown: IShown): void {
  const cell = codeCell(page, shown.cellId);
  if (cell?.sharedModel.getSource() === shown.source) {
    cell.outputs.fromJSON([...shown.outputs]);
    cell.executionCount = shown.executionCount;
  }
}

/** Outputs of another kernel as the cell's own: a result has the prompt of its cell. */
export function asOwn(outputs: readonly IOutput[], cell: IShown): IShown {
  const { executionCount } = cell;
  const own = outputs.map(output =>
    output.output_type === 'execute_result'
      ? { ...output, execution_count: executionCount }
      : output
  );
  return { ...cell, outputs: own };
}

/** Does the page show this? */
export function isShown(page: INotebookModel, shown: IShown): boolean {
  return JSON.stringify(shownBy(page, shown.cellId)) === JSON.stringify(shown);
}

/** Do both show the same, whatever the prompt of a result is? */
export function showsSame(one: IShown, other: IShown): boolean {
  return withoutCounts(one) === withoutCounts(other);
}

function withoutCounts({ outputs }: IShown): string {
  return JSON.stringify(outputs, (key, value) =>
    key === 'execution_count' ? undefined : value
  );
}

function codeCell(page: INotebookModel, cellId: string): ICodeCellModel | null {
  const cell = [...page.cells].find(cell => cell.id === cellId);
  return cell?.type === 'code' ? (cell as ICodeCellModel) : null;
}
