import { ReadinessModel } from '../model';
import {
  EMPTY_SHEET,
  type ICellEdit,
  type IExtraction,
  type IExtractState
} from '../tokens';
import { openNotebook, reportOf, type IOpenNotebook } from './notebook';
import { FakeServer, settle } from './server';
import { NAMES } from './views';

export const EDITS: ICellEdit[] = [
  {
    action: 'replace',
    cell_id: 'c1',
    index: 1,
    before: 'y = x + 1',
    after: 'from m import f\n\ny = f(x)',
    to: null
  }
];

export const PREVIEW: IExtraction = {
  status: 'preview',
  function: 'f',
  module: 'src/m.py',
  inputs: [],
  outputs: [],
  refusals: [],
  notes: [],
  labels: [],
  diff: '',
  optional: [],
  proof: 'not-run',
  baseline: null,
  files: ['src/m.py'],
  base: 'base-1',
  cells: EDITS,
  undo_id: null,
  setup: 'from m import f',
  setup_binds: ['f'],
  lost: [],
  importable: true,
  reach: '`m` is installed.',
  no_test: null,
  install: null,
  reread: '',
  steps: [],
  settings: []
};
export const APPLIED: IExtraction = {
  ...PREVIEW,
  status: 'applied',
  undo_id: 'u1'
};
export const INVERSE = [
  { ...EDITS[0], before: EDITS[0].after, after: EDITS[0].before }
];

export const NOTHING = {
  cell: null,
  lines: null,
  cells: null,
  edits: null,
  names: null
};

/** A page of two cells, and the sheet for its second; later checks do not matter. */
export async function openSheet(): Promise<{
  server: FakeServer;
  notebook: IOpenNotebook;
  model: ReadinessModel;
}> {
  const server = new FakeServer();
  const notebook = openNotebook('x = 1', 'y = x + 1');
  const model = new ReadinessModel(notebook.context, server.api, () => true);
  await settle();
  await server.last('POST', 'check').answer(reportOf({}));
  model.runs.restarted();
  void model.extraction.open(['c1']);
  await settle();
  await server.last('POST', 'extract').answer(PREVIEW);
  return { server, notebook, model };
}

/** The sheet as it shows a plan. */
export const SHEET: IExtractState = {
  ...EMPTY_SHEET,
  cells: [NAMES.c7],
  module: 'src/m.py',
  name: 'f',
  isCurrent: true,
  extraction: {
    ...PREVIEW,
    inputs: [
      { name: 'df', annotation: null, reason: 'made in [2]', default: null }
    ],
    outputs: [
      { name: 'y', annotation: 'int', reason: 'used in [5]', default: null }
    ],
    notes: ['a note'],
    labels: ['pure'],
    diff: '--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n',
    cells: []
  }
};
