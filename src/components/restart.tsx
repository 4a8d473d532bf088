import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ICellName, IPlace, RestartState } from '../tokens';
import { Actions, Button, StopBar } from './buttons';
import { CellLink } from './inline';
import { ProblemNotice } from './notice';
import { joined } from './asking';

export interface IRestartProps {
  readonly trans: TranslationBundle;
  readonly state: RestartState;
  /** False where there is no kernel to restart. */
  readonly hasKernel: boolean;
  readonly jump: (place: IPlace) => void;
  readonly ask: () => void;
  readonly run: () => void;
  readonly stop: () => void;
  readonly bringBack: () => void;
  readonly undoBringBack: () => void;
  readonly dismiss: () => void;
}

/** Restart the person's own kernel: a link, for the copy is the better way. */
export function RestartSection(props: IRestartProps): JSX.Element {
  const { ask, dismiss, hasKernel, state, trans } = props;
  switch (state.phase) {
    case 'idle':
      return (
        <>
          <button
            type="button"
            className="jp-Prodready-link"
            disabled={!hasKernel}
            onClick={ask}
          >
            {trans.__('Restart this kernel and run all…')}
          </button>
          {!hasKernel && <NoKernel trans={trans} />}
        </>
      );
    case 'asking':
      return <Forecast {...props} failing={state.failing} />;
    case 'running':
      return <Progress {...props} {...state} />;
    case 'ended':
      return <Outcome {...props} {...state} />;
    case 'failed':
      return (
        <ProblemNotice
          problem={state.problem}
          trans={trans}
          onClose={dismiss}
        />
      );
  }
}

function NoKernel({ trans }: Pick<IRestartProps, 'trans'>): JSX.Element {
  return (
    <p className="jp-Prodready-hint">
      {trans.__('No kernel. Choose one to run cells.')}
    </p>
  );
}

function Forecast(
  props: IRestartProps & { readonly failing: readonly ICellName[] }
): JSX.Element {
  const { dismiss, failing, hasKernel, jump, run, trans } = props;
  return (
    <div className="jp-Prodready-ask" role="group" aria-live="polite">
      <p>
        {failing.length === 0
          ? trans.__('No cell is known to fail. Your variables will be lost.')
          : trans._n(
              '%2 will fail: mend it before you lose your variables?',
              '%2 will fail: mend them before you lose your variables?',
              failing.length,
              joined(failing, trans)
            )}
      </p>
      {failing.map(cell => (
        <CellLink
          key={cell.id}
          cell={cell}
          onJump={cellId => jump({ cellId, line: 1 })}
        />
      ))}
      <Actions>
        <Button
          label={
            failing.length === 0
              ? trans.__('Restart and run all')
              : trans.__('Restart anyway')
          }
          disabled={!hasKernel}
          takesFocus={failing.length === 0 && 'if-free'}
          onClick={run}
        />
        <Button
          label={trans.__('Cancel')}
          takesFocus={failing.length > 0 && 'if-free'}
          onClick={dismiss}
        />
      </Actions>
      {!hasKernel && <NoKernel trans={trans} />}
    </div>
  );
}

function Progress(
  props: IRestartProps & {
    readonly done: number;
    readonly total: number;
    readonly stopping: boolean;
  }
): JSX.Element {
  const { done, stop, stopping, total, trans } = props;
  return (
    <div className="jp-Prodready-running">
      <StopBar
        label={trans.__('Cells run')}
        done={done}
        total={total}
        stop={{
          label: stopping ? trans.__('Stopping…') : trans.__('Stop'),
          disabled: stopping,
          onClick: stop
        }}
      />
      <p className="jp-Prodready-hint">
        {trans.__('%1 of %2 cells ran in the restarted kernel', done, total)}
      </p>
    </div>
  );
}

type Ended = Extract<RestartState, { readonly phase: 'ended' }>;

function Outcome(props: IRestartProps & Ended): JSX.Element {
  const { dismiss, failed, jump, previous, trans } = props;
  return (
    <div className="jp-Prodready-ask" role="status">
      <p>
        {previous === 'back'
          ? trans.__('Previous outputs are back where the code is the same.')
          : outcomeWords(props, trans)}
      </p>
      {failed && previous !== 'back' && (
        <CellLink cell={failed} onJump={cellId => jump({ cellId, line: 1 })} />
      )}
      <Actions>
        {previousButton(props)}
        <Button label={trans.__('Close')} onClick={dismiss} />
      </Actions>
    </div>
  );
}

function outcomeWords(
  { done, failed, total }: Ended,
  trans: TranslationBundle
): string {
  if (!failed) {
    return trans.__('%1 of %2 cells ran in the restarted kernel.', done, total);
  }
  return trans.__(
    'Stopped at %1 after %2 of %3 cells. Outputs below are from before the restart.',
    failed.label,
    done,
    total
  );
}

function previousButton(props: IRestartProps & Ended): JSX.Element | null {
  const { bringBack, previous, trans, undoBringBack } = props;
  switch (previous) {
    case 'none':
      return null;
    case 'kept':
      return (
        <Button
          label={trans.__('Bring back previous outputs')}
          onClick={bringBack}
        />
      );
    case 'back':
      return <Button label={trans.__('Undo')} onClick={undoBringBack} />;
  }
}
