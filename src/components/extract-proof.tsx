import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import { wantsTest, type IExtraction } from '../tokens';
import { AskEffects, AskMemory } from './asking';
import { Actions, Button, StopBar } from './buttons';
import type { IExtractProps } from './extract-props';
import { ProblemNotice } from './notice';
import { runningWords } from './progress';

/** Preview while something is newer than the plan shown, else Apply. */
export function FormActions(props: IExtractProps): JSX.Element {
  const { apply, prove, proveAnew, state, trans } = props;
  const canApply =
    state.isCurrent &&
    state.extraction?.status === 'preview' &&
    state.install.phase !== 'running';
  const isProven = state.provenBy !== null;
  const isIdle = ['idle', 'ended', 'failed'].includes(state.proof.phase);
  if (!isIdle) {
    return <ProofProgress {...props} />;
  }
  return (
    <>
      <Actions>
        {!isProven && (
          <Button
            label={
              wantsTest(state.options, state.extraction)
                ? trans.__('Prove')
                : trans.__('Prove and apply')
            }
            isMain={canApply}
            disabled={!canApply || state.busy}
            onClick={prove}
          />
        )}
        <Button
          label={isProven ? trans.__('Apply') : trans.__('Apply without proof')}
          isMain={isProven}
          takesFocus={isProven && 'if-free'}
          disabled={
            !canApply || state.busy || (state.options.pure && !isProven)
          }
          onClick={apply}
        />
        {isProven && state.extraction?.baseline && (
          <Button
            label={trans.__('Prove anew')}
            title={trans.__('Runs the page as it is now, too.')}
            disabled={!canApply || state.busy}
            onClick={proveAnew}
          />
        )}
        <Button
          label={trans.__('Preview')}
          isMain={!state.isCurrent && state.install.phase !== 'running'}
          disabled={state.busy}
        />
        {state.busy && (
          <span className="jp-Prodready-hint">{trans.__('Working…')}</span>
        )}
      </Actions>
      {state.proof.phase === 'failed' && (
        <ProblemNotice
          problem={state.proof.problem}
          trans={trans}
          onRetry={prove}
        />
      )}
      <p className="jp-Prodready-hint">
        {isProven && state.extraction
          ? proofWords(state.extraction, trans)
          : trans.__(
              'A proof runs copies of the page before and after. Nothing is written unless they agree.'
            )}
      </p>
    </>
  );
}

/** The question of a proof, or how far it is. */
function ProofProgress(props: IExtractProps): JSX.Element | null {
  const { cancelProof, confirmProof, dismissProof, jump, nameOf, trans } =
    props;
  const { proof } = props.state;
  const answers = { trans, dismiss: dismissProof };
  switch (proof.phase) {
    case 'asking':
      return (
        <AskEffects
          {...answers}
          cells={proof.cells}
          jump={jump}
          label={trans.__('Prove')}
          confirm={confirmProof}
        />
      );
    case 'short':
      return (
        <AskMemory
          {...answers}
          message={proof.message}
          label={trans.__('Prove anyway')}
          confirm={props.confirmProofMemory}
        />
      );
    case 'running':
      return (
        <div className="jp-Prodready-running">
          <StopBar
            label={trans.__('Cells run for the proof')}
            done={proof.job?.done ?? 0}
            total={proof.job?.total || null}
            stop={{
              label: proof.cancelling
                ? trans.__('Cancelling…')
                : trans.__('Cancel'),
              disabled: !proof.job || proof.cancelling,
              onClick: cancelProof
            }}
          />
          <p className="jp-Prodready-hint">
            {runningWords(proof.job, nameOf, trans)}
          </p>
        </div>
      );
    default:
      return null;
  }
}

/** What was proven, and against which run of the page. */
export function proofWords(
  { baseline, proof }: IExtraction,
  trans: TranslationBundle
): string {
  const words = wordsOf(proof, trans);
  if (!baseline) {
    return words;
  }
  const time = new Date(baseline).toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit'
  });
  return `${words} ${trans.__('The page’s own run is that of %1.', time)}`;
}

function wordsOf(
  proof: IExtraction['proof'],
  trans: TranslationBundle
): string {
  switch (proof) {
    case 'equal':
      return trans.__('Proven: the page shows and holds the same.');
    case 'equal-where-deterministic':
      return trans.__(
        'Proven, but for what varies from run to run on the page before, too.'
      );
    case 'differs':
      return trans.__('The page before and after differ.');
    case 'not-run':
      return trans.__('Not proven.');
  }
}
