import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IRepair, RepairState } from '../tokens';
import { Actions, Button } from './buttons';
import { Diff } from './diff';
import { Fold } from './fold';
import { Glyph } from './glyph';
import { Inline } from './inline';
import { ProblemNotice } from './notice';

export interface IRepairProps {
  readonly trans: TranslationBundle;
  readonly state: RepairState | null;
  /** False where the page is no longer the one that was verified. */
  readonly canApply: boolean;
  readonly applyRepair: (id: string) => void;
  readonly undo: () => void;
  readonly close: () => void;
}

/** What would mend the page, each with its change, and what was applied. */
export function Repairs(
  props: IRepairProps & { readonly repairs: readonly IRepair[] }
): JSX.Element | null {
  const { repairs, state, trans } = props;
  if (repairs.length === 0) {
    return null;
  }
  return (
    <div
      className="jp-Prodready-repairs"
      role="group"
      aria-label={trans.__('Repairs')}
    >
      {repairs.map(repair => (
        <Repair key={repair.id} {...props} repair={repair} />
      ))}
      {state?.phase === 'applied' && <Applied {...props} title={state.title} />}
    </div>
  );
}

function Repair(
  props: IRepairProps & { readonly repair: IRepair }
): JSX.Element {
  const { applyRepair, canApply, close, repair, state, trans } = props;
  const { diff, id, proven, title } = repair;
  const isMine = state?.id === id;
  return (
    <div className="jp-Prodready-repair" data-proven={proven}>
      <p>
        <Inline text={title} />{' '}
        {proven && (
          <span className="jp-Prodready-badgeText">
            <Glyph name="ok" />
            {trans.__('proven in a fresh kernel')}
          </span>
        )}
      </p>
      <Fold label={trans.__('Show the change')} count={diff ? 1 : 0}>
        <Diff diff={diff} label={trans.__('Change')} />
      </Fold>
      {!(isMine && state.phase === 'applied') && (
        <Actions>
          <Button
            isMain={proven}
            label={trans.__('Apply')}
            disabled={!canApply}
            onClick={() => applyRepair(id)}
          />
          {!canApply && (
            <span className="jp-Prodready-hint">
              {trans.__('The notebook changed since the verification.')}
            </span>
          )}
        </Actions>
      )}
      {isMine && state.phase === 'failed' && (
        <ProblemNotice problem={state.problem} trans={trans} onClose={close} />
      )}
    </div>
  );
}

function Applied(
  props: IRepairProps & { readonly title: string }
): JSX.Element {
  const { title, trans, undo } = props;
  return (
    <p className="jp-Prodready-done" role="status">
      <Glyph name="ok" />
      <span>
        <Inline text={trans.__('Done: %1', title)} />{' '}
        <button type="button" className="jp-Prodready-link" onClick={undo}>
          {trans.__('Undo')}
        </button>
      </span>
    </p>
  );
}
