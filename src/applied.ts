/** The page's half of an extraction that the server part has written. */
import type { IApi } from './api';
import { applyEdits, withKind, type IUndoEdits } from './edits';
import type { NotebookContext } from './live';
import type { IExtraction, ILiveCell } from './tokens';

export interface IAppliedHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  cells(): ILiveCell[];
}

/** What an applied extraction left behind, so that it can be taken back. */
export interface IApplied {
  readonly id: string;
  readonly undo: IUndoEdits;
}

/** Makes the edits of the page; takes the files back where it cannot. */
export async function follow(
  extraction: IExtraction,
  host: IAppliedHost
): Promise<IApplied> {
  const id = extraction.undo_id ?? '';
  const { sharedModel } = host.context.model;
  try {
    return { id, undo: applyEdits(sharedModel, extraction.cells) };
  } catch (error) {
    await host.api.undo(undoRequest(id, host));
    throw withKind(error, 'undone-again');
  }
}

/**
 * Takes files and cells back; `areBack` is called once the files are. Resolves to what is not
 * taken back, empty where all is.
 */
export async function takeBack(
  { id, undo }: IApplied,
  host: IAppliedHost,
  areBack: () => void
): Promise<string> {
  const { cells, stays } = await host.api.undo(undoRequest(id, host));
  areBack();
  try {
    applyEdits(host.context.model.sharedModel, cells, undo.removed);
  } catch (error) {
    throw withKind(error, 'half-undone');
  }
  return stays;
}

function undoRequest(id: string, host: IAppliedHost) {
  return { id, path: host.context.localPath, cells: host.cells() };
}
