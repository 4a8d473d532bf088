import React from 'react';

import type { ICellName } from '../tokens';

/** A sentence of the engine: what stands in backticks is code. */
export function Inline(props: { readonly text: string }): JSX.Element {
  const parts = props.text.split('`');
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 1 && index < parts.length - 1 ? (
          <code key={index}>{part}</code>
        ) : (
          <React.Fragment key={index}>
            {index % 2 === 1 ? '`' + part : part}
          </React.Fragment>
        )
      )}
    </>
  );
}

/** `[12]` and the first line, as people know a cell; a click goes there. */
export function CellLink(props: {
  readonly cell: ICellName;
  readonly short?: boolean;
  readonly title?: string;
  readonly onJump: (cellId: string) => void;
}): JSX.Element {
  const { cell, onJump } = props;
  return (
    <button
      type="button"
      className="jp-Prodready-cellLink"
      title={props.title}
      onClick={() => onJump(cell.id)}
    >
      <span className="jp-Prodready-prompt">{cell.label}</span>
      {!props.short && <code>{cell.firstLine}</code>}
    </button>
  );
}
