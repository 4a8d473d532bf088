import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React, { useEffect, useRef } from 'react';

import type {
  FixObstacle,
  FixState,
  IFinding,
  IFix,
  IPlace,
  IProblem
} from '../tokens';
import { Actions, Button, StopBar } from './buttons';
import { CellDiff } from './cell-diff';
import { Glyph } from './glyph';
import { CellLink, Inline } from './inline';
import { ProblemNotice } from './notice';

export interface IFixProps {
  readonly trans: TranslationBundle;
  /** The fix that is under way; null where none is. */
  readonly state: FixState | null;
  readonly obstacleOf: (fix: IFix) => FixObstacle | null;
  readonly start: (finding: IFinding, fix: IFix) => void;
  readonly apply: () => void;
  readonly undo: () => void;
  readonly interrupt: () => void;
  readonly close: () => void;
  readonly jump: (place: IPlace) => void;
}

/** How far a fix is: preview, progress, outcome or what went wrong. */
export function FixSheetView(
  props: IFixProps & { readonly state: FixState }
): JSX.Element | null {
  const { state } = props;
  switch (state.phase) {
    case 'planning':
      return null;
    case 'preview':
      return <Preview {...props} state={state} />;
    case 'running':
      return <Running {...props} state={state} />;
    case 'stopped':
      return <Stopped {...props} state={state} />;
    case 'done':
      return <Done {...props} state={state} />;
    case 'failed':
      return <Failed {...props} problem={state.problem} />;
  }
}

type InPhase<P extends FixState['phase']> = Extract<
  FixState,
  { readonly phase: P }
>;

function Preview(
  props: IFixProps & { readonly state: InPhase<'preview'> }
): JSX.Element {
  const { apply, close, start, state, trans } = props;
  const { busy, edits, finding, fix, isCurrent } = state;
  return (
    <div
      className="jp-Prodready-ask jp-Prodready-sheet"
      role="group"
      aria-label={trans.__('Preview of the fix')}
      aria-busy={busy}
      onKeyDown={event => event.key === 'Escape' && close()}
    >
      <p>
        <Inline text={fix.title} />
      </p>
      <div className={isCurrent ? '' : 'jp-mod-outdated'}>
        <CellDiff edits={edits} trans={trans} />
      </div>
      {!isCurrent && (
        <p className="jp-Prodready-hint" role="status">
          {trans.__('The notebook changed since this preview.')}
        </p>
      )}
      <Actions>
        <Button
          isMain
          takesFocus
          label={isCurrent ? trans.__('Apply') : trans.__('Preview again')}
          disabled={busy}
          onClick={isCurrent ? apply : () => start(finding, fix)}
        />
        <Button label={trans.__('Cancel')} disabled={busy} onClick={close} />
      </Actions>
    </div>
  );
}

function Running(
  props: IFixProps & { readonly state: InPhase<'running'> }
): JSX.Element {
  const { interrupt, state, trans } = props;
  const { done, running, stopping, total } = state;
  return (
    <div className="jp-Prodready-running jp-Prodready-sheet">
      <StopBar
        label={trans.__('Cells run')}
        done={done}
        total={total}
        stop={{
          label: stopping ? trans.__('Interrupting…') : trans.__('Interrupt'),
          disabled: stopping,
          onClick: interrupt
        }}
      />
      <p className="jp-Prodready-hint">
        {trans.__('%1 of %2 cells', done, total)}
        {running && ` · ${running.label} ${running.firstLine}`}
      </p>
    </div>
  );
}

function Stopped(
  props: IFixProps & { readonly state: InPhase<'stopped'> }
): JSX.Element {
  const { close, jump, state, trans } = props;
  const { at, left } = state;
  return (
    <div
      className="jp-Prodready-ask jp-Prodready-sheet"
      role="status"
      data-end={state.end}
    >
      <p>
        {stoppedWords(state, trans)}
        {left > 0 &&
          ` ${trans._n('%1 cell was not run.', '%1 cells were not run.', left)}`}
      </p>
      {at && (
        <CellLink cell={at} onJump={cellId => jump({ cellId, line: 1 })} />
      )}
      <Actions>
        <Button label={trans.__('Close')} onClick={close} />
      </Actions>
    </div>
  );
}

function stoppedWords(
  state: InPhase<'stopped'>,
  trans: TranslationBundle
): string {
  const label = state.at?.label ?? '';
  switch (state.end) {
    case 'failed':
      return trans.__('%1 failed.', label);
    case 'interrupted':
      return trans.__('Interrupted at %1.', label);
    case 'changed':
      return label
        ? trans.__('%1 was edited meanwhile.', label)
        : trans.__('A cell was deleted meanwhile.');
  }
}

function Done(
  props: IFixProps & { readonly state: InPhase<'done'> }
): JSX.Element {
  const { close, state, trans, undo } = props;
  const note = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    // the button that was clicked is gone with its row
    if (document.activeElement === document.body) {
      note.current?.focus();
    }
  }, []);
  return (
    <p
      className="jp-Prodready-done"
      role="status"
      tabIndex={-1}
      ref={note}
      data-undoable={state.undoable}
    >
      <Glyph name="ok" />
      <span>
        <Inline text={trans.__('Done: %1', state.fix.title)} />{' '}
        {state.undoable && (
          <button type="button" className="jp-Prodready-link" onClick={undo}>
            {trans.__('Undo')}
          </button>
        )}
      </span>
      <button
        type="button"
        className="jp-Prodready-close"
        title={trans.__('Close')}
        aria-label={trans.__('Close')}
        onClick={close}
      >
        <closeIcon.react tag="span" />
      </button>
    </p>
  );
}

function Failed(
  props: IFixProps & { readonly state: FixState; readonly problem: IProblem }
): JSX.Element {
  const { close, problem, start, state, trans } = props;
  const isFinal = ['fix-changed', 'cell-locked', 'cannot-undo'].includes(
    problem.kind
  );
  return (
    <div className="jp-Prodready-sheet">
      <ProblemNotice
        problem={problem}
        trans={trans}
        onRetry={isFinal ? undefined : () => start(state.finding, state.fix)}
        onClose={close}
      />
    </div>
  );
}
