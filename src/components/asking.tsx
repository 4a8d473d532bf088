import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IAskedCell, ICellName, IPlace } from '../tokens';
import { Actions, Button } from './buttons';
import { CellLink } from './inline';

interface IAnswers {
  readonly trans: TranslationBundle;
  /** What is done where the person agrees. */
  readonly label: string;
  readonly confirm: () => void;
  readonly dismiss: () => void;
}

/** Cells that would touch the world again; without `skip` they cannot be left out. */
export function AskEffects(
  props: IAnswers & {
    readonly cells: readonly IAskedCell[];
    readonly jump: (place: IPlace) => void;
    readonly skip?: () => void;
  }
): JSX.Element {
  const { cells, confirm, dismiss, jump, label, skip, trans } = props;
  return (
    <div className="jp-Prodready-ask" role="group" aria-live="polite">
      <p>
        {cells.length === 1
          ? trans.__('Cell %1 would run again.', cells[0].label)
          : trans.__('Cells %1 would run again.', joined(cells, trans))}
      </p>
      <ul className="jp-Prodready-cells">
        {cells.map(cell => (
          <li key={cell.id}>
            <CellLink
              cell={cell}
              onJump={cellId => jump({ cellId, line: 1 })}
            />
            <span className="jp-Prodready-hint">
              {cell.kinds.map(kind => effectWords(kind, trans)).join(', ')}
              {`: ${cell.detail}`}
            </span>
          </li>
        ))}
      </ul>
      <Actions>
        <Button isMain takesFocus="if-free" label={label} onClick={confirm} />
        {skip && <Button label={trans.__('Skip those')} onClick={skip} />}
        <Button label={trans.__('Cancel')} onClick={dismiss} />
      </Actions>
    </div>
  );
}

/** A second kernel may not fit into memory. */
export function AskMemory(
  props: IAnswers & { readonly message: string }
): JSX.Element {
  const { confirm, dismiss, label, message, trans } = props;
  return (
    <div className="jp-Prodready-ask" role="group" aria-live="polite">
      <p>{message}</p>
      <p className="jp-Prodready-hint">
        {trans.__(
          'A copy may need as much again, and either kernel may be ended for it.'
        )}
      </p>
      <Actions>
        <Button isMain takesFocus="if-free" label={label} onClick={confirm} />
        <Button label={trans.__('Cancel')} onClick={dismiss} />
      </Actions>
    </div>
  );
}

function effectWords(
  kind: IAskedCell['kinds'][number],
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'writes-file':
      return trans.__('writes files');
    case 'network':
      return trans.__('uses the network');
    case 'shell':
      return trans.__('runs a shell command');
    default:
      return kind;
  }
}

/** `[3] and [11]` */
export function joined(
  cells: readonly ICellName[],
  trans: TranslationBundle
): string {
  const labels = cells.map(cell => cell.label);
  const last = labels.pop() ?? '';
  return labels.length === 0
    ? last
    : trans.__('%1 and %2', labels.join(', '), last);
}
