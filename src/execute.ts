/** Running cells of the page, through JupyterLab's own actions. */
import type { ISessionContext } from '@jupyterlab/apputils';
import type { Cell } from '@jupyterlab/cells';
import { NotebookActions, type NotebookPanel } from '@jupyterlab/notebook';

import type { IPlace } from './tokens';

/** A view of the notebook: where its cells are run and shown. */
export interface IPageView {
  /** Resolves once the cell ran; true where it ran to its end. */
  run(cellId: string): Promise<boolean>;
  jump(place: IPlace): Promise<void>;
}

export function pageView(
  panel: NotebookPanel,
  jump: (place: IPlace) => Promise<void>
): IPageView {
  const { content, sessionContext } = panel;
  return {
    jump,
    run: async id => {
      const cell = content.widgets.find(cell => cell.model.id === id);
      return cell ? runOne(panel, cell, sessionContext) : false;
    }
  };
}

/** True where the cell ran to its end; a cell that was deleted meanwhile counts. */
export async function runOne(
  panel: NotebookPanel,
  cell: Cell,
  session: ISessionContext
): Promise<boolean> {
  if (cell.isDisposed) {
    return true;
  }
  return NotebookActions.runCells(panel.content, [cell], session);
}
