/** A button, a row of them under a question, and the one that stops what runs. */
import React, { useEffect, useRef } from 'react';

export interface IButtonProps {
  readonly label: string;
  /** Without it the button submits its form. */
  readonly onClick?: () => void;
  /** The one that most people want here. */
  readonly isMain?: boolean;
  readonly disabled?: boolean;
  readonly title?: string;
  /** It has the focus when it appears; `if-free`: nobody types elsewhere meanwhile. */
  readonly takesFocus?: boolean | 'if-free';
}

export function Button(props: IButtonProps): JSX.Element {
  const { disabled, isMain, label, onClick, takesFocus, title } = props;
  const node = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const isWanted =
      takesFocus === 'if-free'
        ? node.current && isFreeFor(node.current)
        : takesFocus;
    if (isWanted) {
      node.current?.focus();
    }
  }, []);
  return (
    <button
      type={onClick ? 'button' : 'submit'}
      ref={node}
      className={`jp-Prodready-button ${isMain ? 'jp-mod-primary' : ''}`}
      disabled={disabled}
      title={title}
      onClick={onClick}
    >
      {label}
    </button>
  );
}

/** Is the focus nowhere, or in the same panel or sheet? */
function isFreeFor(node: HTMLElement): boolean {
  const { activeElement, body } = document;
  const room = node.closest('.jp-Prodready');
  return activeElement === body || room?.contains(activeElement) === true;
}

/** What can be done now, side by side. */
export function Actions(props: {
  readonly children: React.ReactNode;
}): JSX.Element {
  return <div className="jp-Prodready-actions">{props.children}</div>;
}

/** How far it is, and the button that stops it; without `total` nobody knows how far. */
export function StopBar(props: {
  readonly label: string;
  readonly done: number;
  readonly total: number | null;
  readonly stop: IButtonProps;
}): JSX.Element {
  const { done, label, stop, total } = props;
  return (
    <div className="jp-Prodready-bar">
      <progress
        aria-label={label}
        max={total || 1}
        value={total === null ? undefined : done}
      />
      <Button {...stop} />
    </div>
  );
}
