import React, { useState } from 'react';

/** Its content, shown on demand; nothing at all where there is none. */
export function Fold(props: {
  readonly label: string;
  readonly count: number;
  /** Open until it is closed by a click. */
  readonly open?: boolean;
  /** Open whatever was clicked: something in it is under way. */
  readonly forced?: boolean;
  /** What is looked for is in it: open until it is closed by a click. */
  readonly sought?: boolean;
  readonly children: React.ReactNode;
}): JSX.Element | null {
  const [clicked, setClicked] = useState<boolean | null>(null);
  if (props.sought && clicked !== true) {
    setClicked(true);
  }
  const isOpen = props.forced || (clicked ?? props.open === true);
  if (props.count === 0) {
    return null;
  }
  return (
    <div className="jp-Prodready-fold">
      <button
        type="button"
        className="jp-Prodready-link"
        aria-expanded={isOpen}
        onClick={() => setClicked(!isOpen)}
      >
        <span className="jp-Prodready-caret" aria-hidden="true" />
        {props.label}
      </button>
      {isOpen && props.children}
    </div>
  );
}
