import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

import type { IVerifiedCell, ReviewNote } from '../tokens';
import { Actions, Button } from './buttons';
import { Fold } from './fold';
import { Glyph } from './glyph';
import { ProblemNotice } from './notice';

/** The outputs of a cell, drawn; `isWhole` where the page could show the fresh ones. */
export interface IDrawnOutputs {
  readonly page: HTMLElement;
  readonly fresh: HTMLElement;
  readonly isWhole: boolean;
}

export interface IReviewProps {
  readonly trans: TranslationBundle;
  readonly compare: (cellId: string) => Promise<IDrawnOutputs>;
  /** Changes with what the page shows of the cell. */
  readonly pageKeyOf: (cellId: string) => string;
  readonly useOutputs: (cellId: string) => void;
  readonly markNoisy: (cellId: string) => void;
  readonly undo: (cellId: string) => void;
  readonly noteOf: (cellId: string) => ReviewNote | null;
  readonly isNoisy: (cellId: string) => boolean;
}

/** Verdicts of cells that ran to an end and show something else. */
const USABLE: readonly IVerifiedCell['verdict'][] = [
  'changed',
  'nondeterministic',
  'error'
];
const WITHOUT_OUTPUTS: readonly IVerifiedCell['verdict'][] = [
  'identical',
  'equivalent',
  'skipped',
  'blocked'
];

/** What a cell showed here and there, on demand, and what can be done about it. */
export function CellReview(
  props: IReviewProps & { readonly cell: IVerifiedCell }
): JSX.Element | null {
  const { cell, isNoisy, markNoisy, noteOf, trans, undo } = props;
  if (WITHOUT_OUTPUTS.includes(cell.verdict)) {
    return null;
  }
  const note = noteOf(cell.id);
  const mayBeNoise = cell.verdict === 'nondeterministic' && !isNoisy(cell.id);
  return (
    <div className="jp-Prodready-review">
      <Fold label={trans.__('Compare outputs')} count={1}>
        <Outputs {...props} note={note} />
      </Fold>
      {mayBeNoise && (
        <Button
          label={trans.__('This cell is noisy')}
          title={trans.__('Do not compare its outputs again')}
          onClick={() => markNoisy(cell.id)}
        />
      )}
      {note && <Note {...props} note={note} undo={() => undo(cell.id)} />}
    </div>
  );
}

function Outputs(
  props: IReviewProps & {
    readonly cell: IVerifiedCell;
    readonly note: ReviewNote | null;
  }
): JSX.Element {
  const { cell, note, trans, useOutputs } = props;
  const { drawn, problem } = useDrawn(props);
  if (!drawn) {
    return (
      <p className="jp-Prodready-hint">{problem || trans.__('Loading…')}</p>
    );
  }
  const isUsable = drawn.isWhole && USABLE.includes(cell.verdict);
  return (
    <>
      <div className="jp-Prodready-beside">
        <Drawn label={trans.__('On the page')} node={drawn.page} />
        <Drawn label={trans.__('In the fresh kernel')} node={drawn.fresh} />
      </div>
      {isUsable && note?.kind !== 'used' && (
        <Actions>
          <Button
            label={trans.__('Use these outputs')}
            title={trans.__('The page shows what the fresh kernel showed')}
            onClick={() => useOutputs(cell.id)}
          />
        </Actions>
      )}
    </>
  );
}

/** Drawn when first shown, and again when the page shows something else. */
function useDrawn(props: IReviewProps & { readonly cell: IVerifiedCell }): {
  readonly drawn: IDrawnOutputs | null;
  readonly problem: string;
} {
  const { cell, compare, pageKeyOf, trans } = props;
  const [drawn, setDrawn] = useState<IDrawnOutputs | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    let isCurrent = true;
    compare(cell.id).then(
      drawn => isCurrent && setDrawn(drawn),
      (error: Error) =>
        isCurrent &&
        setProblem(error.message || trans.__('The outputs cannot be read now.'))
    );
    return () => {
      isCurrent = false;
    };
    // `compare` and `trans` are new at each render and always mean the same
  }, [cell, pageKeyOf(cell.id)]);
  return { drawn, problem };
}

function Drawn(props: {
  readonly label: string;
  readonly node: HTMLElement;
}): JSX.Element {
  const { label, node } = props;
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => host.current?.replaceChildren(node), [node]);
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <div
        className="jp-Prodready-outputs"
        role="region"
        aria-label={label}
        tabIndex={0}
        ref={host}
      />
    </figure>
  );
}

function Note(props: {
  readonly trans: TranslationBundle;
  readonly note: ReviewNote;
  readonly undo: () => void;
}): JSX.Element {
  const { note, trans, undo } = props;
  if (note.kind === 'problem') {
    return (
      <ProblemNotice problem={note.problem} trans={trans} onClose={undo} />
    );
  }
  return (
    <p className="jp-Prodready-done" role="status">
      <Glyph name="ok" />
      <span>
        {note.kind === 'used'
          ? trans.__('The page shows these outputs now.')
          : trans.__('Tagged: its outputs will not be compared.')}{' '}
        <button type="button" className="jp-Prodready-link" onClick={undo}>
          {trans.__('Undo')}
        </button>
      </span>
    </p>
  );
}
