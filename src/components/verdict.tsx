import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { INotebookReport, VerdictState } from '../tokens';
import { Glyph, type GlyphName } from './glyph';
import { Inline } from './inline';

const GLYPHS: Record<VerdictState, GlyphName> = {
  none: 'unknown',
  'other-language': 'info',
  unknown: 'unknown',
  'in-order': 'ok',
  weak: 'ok',
  stale: 'stale',
  broken: 'error'
};

export function verdictGlyph(state: VerdictState): GlyphName {
  return GLYPHS[state];
}

/** The verdict in two or three words, for the status bar. */
export function verdictWords(
  state: VerdictState,
  trans: TranslationBundle
): string {
  switch (state) {
    case 'none':
      return trans.__('Nothing to check');
    case 'other-language':
      return trans.__('Order checks only');
    case 'unknown':
      return trans.__('Not run here yet');
    case 'in-order':
      return trans.__('In order');
    case 'weak':
      return trans.__('Probably fine');
    case 'stale':
      return trans.__('Out of date');
    case 'broken':
      return trans.__('Will not run clean');
  }
}

/** One sentence first: what a restart would show. */
export function Verdict(props: {
  readonly trans: TranslationBundle;
  readonly verdict: INotebookReport['verdict'];
  /** It is of before a change that is not checked yet. */
  readonly isBetween: boolean;
}): JSX.Element {
  const { isBetween, trans } = props;
  const { state, message } = props.verdict;
  return (
    <div
      className={`jp-Prodready-verdict jp-mod-${state}`}
      data-state={state}
      role="status"
      aria-live="polite"
      aria-busy={isBetween}
    >
      <Glyph name={GLYPHS[state]} />
      <p>
        <Inline text={message} />
        {isBetween && (
          <span className="jp-Prodready-hint">
            {trans.__('Checking what was applied…')}
          </span>
        )}
      </p>
    </div>
  );
}
