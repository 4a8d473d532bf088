import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IShownEdit } from '../tokens';

/** Lines that stay and are shown around each change. */
const CONTEXT = 2;

/** Above this many pairs of lines a cell is shown as taken out and put in, whole. */
const MOST_PAIRS = 1e6;

/** What edits make of the cells: each cell by itself, without markers of a file. */
export function CellDiff(props: {
  readonly edits: readonly IShownEdit[];
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { edits, trans } = props;
  return (
    <div
      className="jp-Prodready-cellDiff"
      role="region"
      aria-label={trans.__('Change')}
      tabIndex={0}
    >
      {edits.map(edit => (
        <figure key={edit.id}>
          {edits.length > 1 && <figcaption>{caption(edit, trans)}</figcaption>}
          <pre>
            {linesOf(edit).map((line, index) => (
              <span key={index} className={`jp-mod-${line.kind}`}>
                {line.text + '\n'}
              </span>
            ))}
          </pre>
        </figure>
      ))}
    </div>
  );
}

function caption(edit: IShownEdit, trans: TranslationBundle): string {
  const label = edit.name?.label ?? '';
  const above = edit.above?.label;
  switch (edit.action) {
    case 'insert':
      return above
        ? trans.__('New cell above %1', above)
        : trans.__('New cell at the end');
    case 'replace':
      return trans.__('Cell %1', label);
    case 'delete':
      return trans.__('Cell %1 is deleted', label);
    case 'move':
      return above
        ? trans.__('Cell %1 moves above %2', label, above)
        : trans.__('Cell %1 moves to the end', label);
  }
}

/** A line of a diff; `gap` stands for lines that stay and are not shown. */
export interface ILine {
  readonly kind: 'added' | 'removed' | 'same' | 'gap';
  readonly text: string;
}

function linesOf({ action, after, before }: IShownEdit): readonly ILine[] {
  return action === 'move'
    ? (after ?? '').split('\n').map(text => ({ kind: 'same', text }))
    : folded(lineDiff(before, after));
}

/** The fewest lines out and in that make `after` of `before`; null is no cell. */
export function lineDiff(
  before: string | null,
  after: string | null
): readonly ILine[] {
  const old = before === null ? [] : before.split('\n');
  const now = after === null ? [] : after.split('\n');
  const common = commonLines(old, now);
  const lines: ILine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      lines.push({ kind: 'same', text: now[j] });
      i++;
      j++;
    } else if (i < old.length && common(i + 1, j) >= common(i, j + 1)) {
      lines.push({ kind: 'removed', text: old[i++] });
    } else if (j < now.length) {
      lines.push({ kind: 'added', text: now[j++] });
    } else {
      lines.push({ kind: 'removed', text: old[i++] });
    }
  }
  return lines;
}

/** How many lines the rests from `i` and `j` on have in common, in one order. */
function commonLines(
  old: readonly string[],
  now: readonly string[]
): (i: number, j: number) => number {
  const width = now.length + 1;
  if (old.length * width > MOST_PAIRS) {
    return () => 0;
  }
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      const at = i * width + j;
      table[at] =
        old[i] === now[j]
          ? table[at + width + 1] + 1
          : Math.max(table[at + width], table[at + 1]);
    }
  }
  return (i, j) => table[i * width + j];
}

/** Lines that stay, far from a change, become one gap. */
export function folded(lines: readonly ILine[]): readonly ILine[] {
  const isNear = lines.map((_, at) =>
    lines
      .slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1)
      .some(line => line.kind !== 'same')
  );
  return lines.flatMap((line, at): ILine[] => {
    if (isNear[at]) {
      return [line];
    }
    return at > 0 && !isNear[at - 1] ? [] : [{ kind: 'gap', text: '⋯' }];
  });
}
