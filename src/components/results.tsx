import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ICellName, IPlace, IVerifiedCell } from '../tokens';
import { Glyph, type GlyphName } from './glyph';
import { CellLink, Inline } from './inline';

/** Nothing to look at: the cell shows what it showed. */
export function isPlain(cell: IVerifiedCell): boolean {
  return cell.verdict === 'identical' || cell.verdict === 'equivalent';
}

/** One row per cell, ticked off or explained. */
export function CellResults(props: {
  readonly trans: TranslationBundle;
  readonly cells: readonly IVerifiedCell[];
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly jump: (place: IPlace) => void;
  /** What stands below the verdict of a cell. */
  readonly below?: (cell: IVerifiedCell) => React.ReactNode;
}): JSX.Element | null {
  const { below, cells, jump, nameOf, trans } = props;
  if (cells.length === 0) {
    return null;
  }
  return (
    <ul className="jp-Prodready-results">
      {cells.map(cell => {
        const name = nameOf(cell.id);
        return (
          <li key={cell.id} data-verdict={cell.verdict}>
            <Glyph name={CELL_GLYPHS[cell.verdict]} />
            <div>
              {name && (
                <CellLink
                  cell={name}
                  onJump={cellId => jump({ cellId, line: 1 })}
                />
              )}
              <CellVerdict cell={cell} trans={trans} />
              {name && below?.(cell)}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** In words; where the cell is the same, for assistive technology only. */
function CellVerdict(props: {
  readonly cell: IVerifiedCell;
  readonly trans: TranslationBundle;
}): JSX.Element {
  const { cell, trans } = props;
  const isSilent = isPlain(cell) && !cell.detail;
  return (
    <p className={isSilent ? 'jp-Prodready-srOnly' : 'jp-Prodready-hint'}>
      {cell.verdict !== 'blocked' && verdictWord(cell.verdict, trans)}
      {cell.detail && (
        <>
          {cell.verdict !== 'blocked' && ': '}
          <Inline text={cell.detail} />
        </>
      )}
    </p>
  );
}

const CELL_GLYPHS: Record<IVerifiedCell['verdict'], GlyphName> = {
  identical: 'ok',
  equivalent: 'ok',
  nondeterministic: 'unknown',
  changed: 'warning',
  error: 'error',
  blocked: 'waiting',
  timeout: 'stale',
  'kernel-died': 'error',
  'needs-input': 'info',
  skipped: 'skipped'
};

export function verdictWord(
  verdict: IVerifiedCell['verdict'],
  trans: TranslationBundle
): string {
  switch (verdict) {
    case 'identical':
      return trans.__('identical');
    case 'equivalent':
      return trans.__('equivalent');
    case 'nondeterministic':
      return trans.__('differs from run to run');
    case 'changed':
      return trans.__('changed');
    case 'error':
      return trans.__('fails');
    case 'blocked':
      return trans.__('blocked');
    case 'timeout':
      return trans.__('took too long');
    case 'kernel-died':
      return trans.__('the kernel died');
    case 'needs-input':
      return trans.__('needs input');
    case 'skipped':
      return trans.__('skipped');
  }
}
