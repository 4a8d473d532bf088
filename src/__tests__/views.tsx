import { nullTranslator } from '@jupyterlab/translation';
import React, { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';

import type { IRepairProps } from '../components/repairs';
import type { IReviewProps } from '../components/review';
import { ReadinessView, type INotebookView } from '../components/view';
import type {
  FixObstacle,
  ICellName,
  IFinding,
  INotebookReport,
  ReviewNote
} from '../tokens';
import { reportOf } from './notebook';

export const trans = nullTranslator.load('jupyter_prodready');

(
  globalThis as { IS_REACT_ACT_ENVIRONMENT?: boolean }
).IS_REACT_ACT_ENVIRONMENT = true;

export const NAMES: Record<string, ICellName> = {
  c7: { id: 'c7', label: '[12]', firstLine: 'test_X = test_data[features]' },
  c8: { id: 'c8', label: '[13]', firstLine: 'fit(test_X)' },
  c9: { id: 'c9', label: '[14]', firstLine: 'print(score)' }
};

export const FINDING: IFinding = {
  check: 'outdated-definition',
  severity: 'error',
  certain: true,
  cell_id: 'c7',
  cell_index: 7,
  line: 2,
  names: ['features'],
  message: '`features` comes from an older version of [9]',
  cause: {
    cell_id: 'c9',
    execution_count: 9,
    source: 'n = 1\nfeatures = ["age"]'
  },
  affected: ['c8'],
  fixes: [],
  consequence: 'will fail after a restart',
  reason: null
};

export let host: HTMLElement;
let root: Root;

beforeEach(() => {
  host = document.body.appendChild(document.createElement('div'));
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
});

export function show(element: JSX.Element): void {
  act(() => root.render(element));
}

export function text(selector = 'div'): string {
  return (host.querySelector(selector) ?? host).textContent ?? '';
}

export function click(label: string): void {
  const button = [...host.querySelectorAll('button')].find(
    button =>
      (button.getAttribute('aria-label') ?? button.textContent) === label
  );
  if (!button) {
    throw new Error(`No button "${label}" in: ${host.innerHTML}`);
  }
  act(() => button.click());
}

export const actions = {
  jump: jest.fn(),
  start: jest.fn(),
  confirm: jest.fn(),
  confirmMemory: jest.fn(),
  skip: jest.fn(),
  dismiss: jest.fn(),
  cancel: jest.fn(),
  ask: jest.fn(),
  run: jest.fn(),
  stop: jest.fn(),
  bringBack: jest.fn(),
  undoBringBack: jest.fn(),
  check: jest.fn(),
  explain: jest.fn(),
  preview: jest.fn(),
  tick: jest.fn(),
  tickSection: jest.fn(),
  split: jest.fn(),
  tickSetup: jest.fn(),
  install: jest.fn(),
  cancelInstall: jest.fn(),
  apply: jest.fn(),
  prove: jest.fn(),
  proveAnew: jest.fn(),
  confirmProof: jest.fn(),
  confirmProofMemory: jest.fn(),
  dismissProof: jest.fn(),
  cancelProof: jest.fn(),
  remedy: jest.fn(),
  undo: jest.fn(),
  finish: jest.fn(),
  extract: jest.fn(),
  type: jest.fn(),
  openModule: jest.fn(),
  verify: jest.fn(),
  close: jest.fn(),
  interrupt: jest.fn(),
  applyRepair: jest.fn(),
  compare: jest.fn(),
  pageKeyOf: jest.fn(() => ''),
  useOutputs: jest.fn(),
  markNoisy: jest.fn(),
  noteOf: jest.fn((): ReviewNote | null => null),
  isNoisy: jest.fn(() => false),
  obstacleOf: jest.fn((): FixObstacle | null => null),
  found: jest.fn()
};
const review: IReviewProps = {
  trans,
  compare: actions.compare,
  pageKeyOf: actions.pageKeyOf,
  useOutputs: actions.useOutputs,
  markNoisy: actions.markNoisy,
  undo: actions.undo,
  noteOf: actions.noteOf,
  isNoisy: actions.isNoisy
};
const repair: IRepairProps = {
  trans,
  state: null,
  canApply: true,
  applyRepair: actions.applyRepair,
  undo: actions.undo,
  close: actions.close
};
export const shared = {
  trans,
  nameOf: (id: string) => NAMES[id] ?? null,
  repair,
  review,
  differs: null,
  hasKernel: true,
  sought: null,
  ...actions
};

export function notebookOf(changes: Partial<INotebookView>): INotebookView {
  return {
    name: 'n.ipynb',
    path: 'work/n.ipynb',
    report: null,
    problems: changes.report ?? null,
    problem: null,
    isBetween: false,
    isOutdated: false,
    rows: {
      ...shared,
      activeCellId: null,
      sourceOf: () => 'n = 1',
      fix: { ...shared, state: null }
    },
    verify: { ...shared, state: { phase: 'idle' } },
    restart: { ...shared, state: { phase: 'idle' } },
    extract: null,
    unfinished: null,
    install: null,
    suggestions: { ...shared, found: [], sections: 0 },
    check: actions.check,
    ...changes
  };
}

export function showReport(report: Partial<INotebookReport>): void {
  const notebook = notebookOf({ report: reportOf(report) });
  show(<ReadinessView trans={trans} notebook={notebook} />);
}

beforeEach(() => jest.clearAllMocks());
