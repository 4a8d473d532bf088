import { YNotebook } from '@jupyter/ydoc';

import { EditConflict, applyEdits, checkEdits, inverseOf } from '../edits';
import type { ICellEdit } from '../tokens';

function notebookOf(...sources: string[]): YNotebook {
  const notebook = YNotebook.create() as YNotebook;
  sources.forEach((source, index) =>
    notebook.insertCell(index, {
      cell_type: 'code',
      id: `c${index}`,
      source,
      metadata: { tags: [`tag-${index}`] },
      outputs: [{ output_type: 'stream', name: 'stdout', text: source }],
      execution_count: index + 1
    })
  );
  return notebook;
}

function pageOf(notebook: YNotebook): string[] {
  return notebook.cells.map(cell => `${cell.getId()}: ${cell.getSource()}`);
}

const EDITS: ICellEdit[] = [
  {
    action: 'insert',
    cell_id: 'new',
    index: 0,
    before: null,
    after: 'import m'
  },
  { action: 'replace', cell_id: 'c1', index: 1, before: 'b', after: 'm.b()' },
  { action: 'delete', cell_id: 'c2', index: 2, before: 'c', after: null },
  { action: 'insert', cell_id: 'last', index: 4, before: null, after: 'end' }
];

describe('applyEdits', () => {
  it('does all, counting places before the edits', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    applyEdits(notebook, EDITS);
    expect(pageOf(notebook)).toEqual([
      'new: import m',
      'c0: a',
      'c1: m.b()',
      'c3: d',
      'last: end'
    ]);
  });

  it('is one change for whoever listens', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    const changed = jest.fn();
    notebook.ydoc.on('update', changed);
    applyEdits(notebook, EDITS);
    expect(changed).toHaveBeenCalledTimes(1);
  });

  it('is taken back by its inverse, outputs and metadata included', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    const before = notebook.toJSON();
    const removed = applyEdits(notebook, EDITS);
    applyEdits(notebook, inverseOf(EDITS), removed);
    expect(notebook.toJSON()).toEqual(before);
  });

  it('survives a neighbour moving away', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    notebook.moveCell(3, 0);
    applyEdits(notebook, EDITS.slice(1, 3));
    expect(pageOf(notebook)).toEqual(['c3: d', 'c0: a', 'c1: m.b()']);
  });

  it.each([
    ['a cell was edited', (page: YNotebook) => page.cells[2].setSource('C')],
    ['a cell is gone', (page: YNotebook) => page.deleteCell(2)]
  ])('changes nothing where %s', (_, change) => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    change(notebook);
    const before = notebook.toJSON();
    expect(() => applyEdits(notebook, EDITS)).toThrow(new EditConflict('c2'));
    expect(notebook.toJSON()).toEqual(before);
  });

  it('refuses to insert a cell twice', () => {
    const notebook = notebookOf('a');
    applyEdits(notebook, EDITS.slice(0, 1));
    expect(() => checkEdits(notebook, EDITS.slice(0, 1))).toThrow(EditConflict);
  });

  it('is an undo step of its own', () => {
    const notebook = notebookOf('a', 'b');
    notebook.undoManager.clear();
    applyEdits(notebook, EDITS.slice(1, 2));
    notebook.insertCell(2, { cell_type: 'code', id: 'mine', source: 'mine' });
    notebook.undo();
    expect(pageOf(notebook)).toEqual(['c0: a', 'c1: m.b()']);
  });
});
