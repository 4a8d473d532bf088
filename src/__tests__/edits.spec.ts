import { YNotebook } from '@jupyter/ydoc';

import { EditConflict, applyEdits, checkEdits } from '../edits';
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
    after: 'import m',
    to: null
  },
  {
    action: 'replace',
    cell_id: 'c1',
    index: 1,
    before: 'b',
    after: 'm.b()',
    to: null
  },
  {
    action: 'delete',
    cell_id: 'c2',
    index: 2,
    before: 'c',
    after: null,
    to: null
  },
  {
    action: 'insert',
    cell_id: 'last',
    index: 4,
    before: null,
    after: 'end',
    to: null
  }
];

const SOURCES = ['a', 'b', 'c', 'd'];

function move(to: number): (id: string) => ICellEdit {
  return id => {
    const index = Number(id.slice(1));
    const source = SOURCES[index];
    return {
      action: 'move',
      cell_id: id,
      index,
      before: source,
      after: source,
      to
    };
  };
}

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
    const undo = applyEdits(notebook, EDITS);
    applyEdits(notebook, undo.edits, undo.removed);
    expect(notebook.toJSON()).toEqual(before);
  });

  it.each([
    ['one cell up', ['c3'], 1, 'c0 c3 c1 c2'],
    ['one cell to the end', ['c0'], 4, 'c1 c2 c3 c0'],
    ['two cells up, in their order', ['c2', 'c3'], 0, 'c2 c3 c0 c1'],
    ['two cells down, apart', ['c0', 'c2'], 4, 'c1 c3 c0 c2'],
    ['a cell to its own place', ['c1'], 2, 'c0 c1 c2 c3']
  ])('moves %s, whole, and back', (_, ids, to, order) => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    const before = notebook.toJSON();
    const cells = notebook.cells.map(cell => cell.toJSON());
    const undo = applyEdits(notebook, ids.map(move(to)));
    expect(notebook.cells.map(cell => cell.getId()).join(' ')).toBe(order);
    const moved = notebook.cells.map(cell => cell.toJSON());
    expect(moved).toEqual(expect.arrayContaining(cells));
    applyEdits(notebook, undo.edits, undo.removed);
    expect(notebook.toJSON()).toEqual(before);
  });

  it('takes back moves among other edits', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    const before = notebook.toJSON();
    const undo = applyEdits(notebook, [...EDITS, move(0)('c3')]);
    expect(pageOf(notebook)).toEqual([
      'new: import m',
      'c3: d',
      'c0: a',
      'c1: m.b()',
      'last: end'
    ]);
    applyEdits(notebook, undo.edits, undo.removed);
    expect(notebook.toJSON()).toEqual(before);
  });

  it('moves nothing where the cell was edited', () => {
    const notebook = notebookOf('a', 'b', 'c', 'd');
    notebook.cells[3].setSource('D');
    expect(() => applyEdits(notebook, [move(0)('c3')])).toThrow(
      new EditConflict('c3')
    );
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

  it('leaves what was done just before to the next undo', () => {
    const notebook = notebookOf('a', 'b');
    notebook.undoManager.clear();
    notebook.insertCell(2, { cell_type: 'code', id: 'mine', source: 'mine' });
    applyEdits(notebook, EDITS.slice(1, 2));
    notebook.undo();
    expect(pageOf(notebook)).toEqual(['c0: a', 'c1: b', 'mine: mine']);
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
