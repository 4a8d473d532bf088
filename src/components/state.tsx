import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IStateDifference } from '../tokens';
import { Fold } from './fold';

/** What the person's kernel holds otherwise than the clean one; folded. */
export function StateDifferences(props: {
  readonly trans: TranslationBundle;
  readonly state: readonly IStateDifference[];
}): JSX.Element {
  const { state, trans } = props;
  const told = state.filter(({ kind }) => kind !== 'not-comparable');
  const rest = state.filter(({ kind }) => kind === 'not-comparable');
  return (
    <Fold
      label={trans._n(
        'Your kernel differs in %1 name',
        'Your kernel differs in %1 names',
        told.length
      )}
      count={told.length}
    >
      <ul className="jp-Prodready-state">
        {told.map(({ detail, kind, name }) => (
          <li key={name} data-kind={kind}>
            <code>{name}</code> {kindWords(kind, trans)}
            <span className="jp-Prodready-hint">{detail}</span>
          </li>
        ))}
      </ul>
      {rest.length > 0 && (
        <p className="jp-Prodready-hint">
          {trans.__(
            'Not comparable: %1.',
            rest.map(({ name }) => name).join(', ')
          )}
        </p>
      )}
    </Fold>
  );
}

function kindWords(
  kind: IStateDifference['kind'],
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'only-live':
      return trans.__('is only in your kernel');
    case 'only-fresh':
      return trans.__('is only in a clean run');
    case 'differs':
      return trans.__('differs');
    case 'not-comparable':
      return trans.__('cannot be compared');
  }
}
