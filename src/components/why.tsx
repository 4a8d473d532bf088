import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

/** A check's page, fetched and rendered when it is first asked for. */
export function Why(props: {
  readonly check: string;
  readonly trans: TranslationBundle;
  readonly explain: (check: string) => Promise<HTMLElement>;
}): JSX.Element {
  const { check, explain, trans } = props;
  const host = useRef<HTMLDivElement>(null);
  const [note, setNote] = useState(trans.__('Loading…'));
  useEffect(() => {
    let isCurrent = true;
    explain(check).then(
      page => {
        if (isCurrent) {
          setNote('');
          host.current?.replaceChildren(page);
        }
      },
      (error: Error) => {
        if (isCurrent) {
          setNote(error.message || trans.__('This page cannot be read now.'));
        }
      }
    );
    return () => {
      isCurrent = false;
    };
    // `explain` and `trans` are new at each render and always mean the same
  }, [check]);
  return (
    <div className="jp-Prodready-why">
      {note && <p className="jp-Prodready-hint">{note}</p>}
      <div ref={host} />
    </div>
  );
}
