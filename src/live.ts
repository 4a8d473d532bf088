/** The notebook as it stands in the page, unsaved edits included. */
import type { ICodeCellModel } from '@jupyterlab/cells';
import type { IError } from '@jupyterlab/nbformat';
import type { DocumentRegistry } from '@jupyterlab/docregistry';
import type { INotebookModel } from '@jupyterlab/notebook';

import { errorLine } from './traceback';
import type { ICellName, ILiveCell } from './tokens';

export type NotebookContext = DocumentRegistry.IContext<INotebookModel>;

/** All cells in page order. */
export function liveCells(model: INotebookModel): ILiveCell[] {
  return Array.from(model.cells, cell => {
    const code = cell.type === 'code' ? (cell as ICodeCellModel) : null;
    const tags: unknown = cell.getMetadata('tags');
    return {
      id: cell.id,
      type: code ? 'code' : cell.type === 'markdown' ? 'markdown' : 'raw',
      source: cell.sharedModel.getSource(),
      execution_count: code?.executionCount ?? null,
      has_output: (code?.outputs.length ?? 0) > 0,
      tags: Array.isArray(tags) ? tags.map(String) : [],
      ...(code ? failureOf(code) : {})
    };
  });
}

/** What the error among the outputs says of the run that the cell shows. */
function failureOf(
  cell: ICodeCellModel
): Pick<ILiveCell, 'failed' | 'error_line' | 'error_name'> {
  for (let index = 0; index < cell.outputs.length; index++) {
    const output = cell.outputs.get(index);
    // only an error is copied: a page may hold megabytes of pictures
    if (output.type === 'error') {
      const { ename, traceback } = output.toJSON() as IError;
      const source = cell.sharedModel.getSource();
      return {
        failed: true,
        error_line: errorLine(traceback, cell.executionCount, source),
        error_name: ename
      };
    }
  }
  return {};
}

/** What the cell with this id is called, or null where the page has none. */
export function nameIn(model: INotebookModel, id: string): ICellName | null {
  for (const cell of model.cells) {
    if (cell.id === id) {
      const code = cell.type === 'code' ? (cell as ICodeCellModel) : null;
      const source = cell.sharedModel.getSource();
      return nameOf({
        id,
        source,
        execution_count: code?.executionCount ?? null
      });
    }
  }
  return null;
}

/** How people name a cell: its prompt and its first line of code. */
export function nameOf(
  cell: Pick<ILiveCell, 'id' | 'source' | 'execution_count'>
): ICellName {
  return {
    id: cell.id,
    label: `[${cell.execution_count ?? ' '}]`,
    firstLine: firstLine(cell.source)
  };
}

/** The first line that is neither blank nor a comment, else the first. */
function firstLine(source: string): string {
  const lines = source
    .split('\n')
    .map(line => line.trim())
    .filter(line => line);
  return lines.find(line => !line.startsWith('#')) ?? lines[0] ?? '';
}
