import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IUnfinishedState } from '../tokens';
import { Actions, Button } from './buttons';
import { Inline } from './inline';
import { ProblemNotice } from './notice';

export interface IUnfinishedProps {
  readonly trans: TranslationBundle;
  readonly state: IUnfinishedState;
  readonly finish: () => void;
  readonly undo: () => void;
  readonly dismiss: () => void;
}

/** An extraction that was not made to its end: finish it, or take it back. */
export function UnfinishedNotice(props: IUnfinishedProps): JSX.Element {
  const { dismiss, finish, state, trans, undo } = props;
  const isFound = state.phase === 'found';
  return (
    <section
      className="jp-Prodready-ask jp-Prodready-unfinished"
      aria-label={trans.__('Interrupted extraction')}
      aria-busy={state.busy}
    >
      <div role="status">
        <p>
          <Inline text={unfinishedWords(state, trans)} />
        </p>
        {isFound && (
          <p className="jp-Prodready-hint">
            {trans.__(
              'Finish makes the rest of it. Undo puts the files back to the byte.'
            )}
          </p>
        )}
      </div>
      {state.problem && <ProblemNotice problem={state.problem} trans={trans} />}
      <Actions>
        {isFound && (
          <Button
            label={trans.__('Finish')}
            isMain
            disabled={state.busy}
            onClick={finish}
          />
        )}
        <Button label={trans.__('Undo')} disabled={state.busy} onClick={undo} />
        <Button label={trans.__('Close')} onClick={dismiss} />
      </Actions>
    </section>
  );
}

function unfinishedWords(
  { files, is_written: isWritten, phase }: IUnfinishedState,
  trans: TranslationBundle
): string {
  const modules = files.filter(file => !file.endsWith('/__init__.py'));
  const shown = modules.length > 0 ? modules : files;
  const names = shown.map(file => `\`${file}\``).join(', ');
  if (phase === 'finished') {
    return trans.__('Finished: %1. Save the notebook to keep it.', names);
  }
  return isWritten
    ? trans.__('Code was moved to %1, but this page does not use it.', names)
    : trans.__('A change of %1 was interrupted half-way.', names);
}
