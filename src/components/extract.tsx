import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type {
  ICellName,
  IExtraction,
  IExtractState,
  IParameter,
  IPlace,
  IRemedy
} from '../tokens';
import { AskEffects, AskMemory } from './asking';
import { Actions, Button, StopBar } from './buttons';
import { Diff } from './diff';
import { Glyph } from './glyph';
import { CellLink, Inline } from './inline';
import { ProblemNotice } from './notice';
import { runningWords } from './progress';

export interface IExtractProps {
  readonly trans: TranslationBundle;
  readonly state: IExtractState;
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly jump: (place: IPlace) => void;
  readonly type: (fields: { module?: string; name?: string }) => void;
  readonly preview: () => void;
  readonly prove: () => void;
  readonly confirmProof: () => void;
  readonly confirmProofMemory: () => void;
  readonly dismissProof: () => void;
  readonly cancelProof: () => void;
  /** Without a proof. */
  readonly apply: () => void;
  readonly remedy: (action: IRemedy) => void;
  readonly undo: () => void;
  readonly openModule: (path: string) => void;
  readonly close: () => void;
}

/** What moves, where to, and exactly what would be written. */
export function ExtractSheetView(props: IExtractProps): JSX.Element {
  const { close, preview, state, trans } = props;
  const { extraction, problem } = state;
  return (
    <section
      className="jp-Prodready-section jp-Prodready-extract"
      aria-label={trans.__('Extract to module')}
      aria-busy={state.busy}
    >
      <h3>
        {trans.__('Extract to module')}
        <button
          type="button"
          className="jp-Prodready-close"
          title={trans.__('Close')}
          aria-label={trans.__('Close the extraction')}
          onClick={close}
        >
          <closeIcon.react tag="span" />
        </button>
      </h3>
      {extraction?.status === 'applied' ? (
        <Applied {...props} extraction={extraction} />
      ) : (
        <Form {...props} />
      )}
      {problem && (
        <ProblemNotice problem={problem} trans={trans} onRetry={preview} />
      )}
      {extraction && extraction.status !== 'applied' && (
        <Plan {...props} extraction={extraction} />
      )}
    </section>
  );
}

function Form(props: IExtractProps): JSX.Element {
  const { jump, preview, state, trans, type } = props;
  return (
    <form
      onSubmit={event => {
        event.preventDefault();
        preview();
      }}
    >
      {state.cells.map(cell => (
        <CellLink
          key={cell.id}
          cell={cell}
          onJump={cellId => jump({ cellId, line: 1 })}
        />
      ))}
      <label>
        {trans.__('Module')}
        <input
          type="text"
          spellCheck={false}
          value={state.module}
          title={state.module}
          placeholder={trans.__('src/package/module.py')}
          onChange={event => type({ module: event.target.value })}
        />
      </label>
      <label>
        {trans.__('Function')}
        <input
          type="text"
          spellCheck={false}
          value={state.name}
          onChange={event => type({ name: event.target.value })}
        />
      </label>
      <FormActions {...props} />
    </form>
  );
}

/** Preview while something is newer than the plan shown, else Apply. */
function FormActions(props: IExtractProps): JSX.Element {
  const { apply, prove, state, trans } = props;
  const canApply = state.isCurrent && state.extraction?.status === 'preview';
  const isIdle = ['idle', 'ended', 'failed'].includes(state.proof.phase);
  if (!isIdle) {
    return <ProofProgress {...props} />;
  }
  return (
    <>
      <Actions>
        <Button
          label={trans.__('Prove and apply')}
          isMain={canApply}
          disabled={!canApply || state.busy}
          onClick={prove}
        />
        <Button
          label={trans.__('Apply without proof')}
          disabled={!canApply || state.busy}
          onClick={apply}
        />
        <Button
          label={trans.__('Preview')}
          isMain={!canApply}
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
        {trans.__(
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

function proofWords(
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

function Applied(
  props: IExtractProps & { readonly extraction: IExtraction }
): JSX.Element {
  const { extraction, openModule, state, trans, undo } = props;
  return (
    <div className="jp-Prodready-ask" role="status">
      <p>
        <Inline
          text={trans.__(
            'Moved `%1` to %2. Save the notebook to keep the change.',
            extraction.function,
            extraction.module
          )}
        />
      </p>
      <p className="jp-Prodready-hint">{proofWords(extraction.proof, trans)}</p>
      <Actions>
        <Button
          label={trans.__('Open')}
          onClick={() => openModule(extraction.module)}
        />
        <Button label={trans.__('Undo')} disabled={state.busy} onClick={undo} />
      </Actions>
    </div>
  );
}

function Plan(
  props: IExtractProps & { readonly extraction: IExtraction }
): JSX.Element {
  const { extraction, state, trans } = props;
  return (
    <div className={state.isCurrent ? '' : 'jp-mod-outdated'}>
      <Refusals {...props} />
      <Parameters title={trans.__('Takes')} all={extraction.inputs} />
      <Parameters title={trans.__('Gives back')} all={extraction.outputs} />
      {extraction.labels.length > 0 && (
        <p className="jp-Prodready-labels">
          {extraction.labels.map(label => (
            <span key={label}>{label}</span>
          ))}
        </p>
      )}
      {extraction.notes.map(note => (
        <p key={note} className="jp-Prodready-hint">
          <Inline text={note} />
        </p>
      ))}
      {extraction.diff && <Diff diff={extraction.diff} />}
    </div>
  );
}

function Refusals(
  props: IExtractProps & { readonly extraction: IExtraction }
): JSX.Element | null {
  const { extraction, jump, nameOf, trans } = props;
  if (extraction.refusals.length === 0) {
    return null;
  }
  return (
    <ul className="jp-Prodready-results" aria-label={trans.__('Refused')}>
      {extraction.refusals.map((refusal, index) => {
        const name = refusal.cell_id ? nameOf(refusal.cell_id) : null;
        return (
          <li key={index}>
            <Glyph name="error" />
            <div>
              <p>
                {name && (
                  <CellLink
                    short
                    cell={name}
                    title={trans.__('Line %1', refusal.line ?? 1)}
                    onJump={cellId => jump({ cellId, line: refusal.line ?? 1 })}
                  />
                )}{' '}
                <Inline text={refusal.message} />
              </p>
              <p className="jp-Prodready-hint">
                <Inline text={refusal.remedy} />
              </p>
              <RemedyButton {...props} action={refusal.action} />
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function RemedyButton(
  props: IExtractProps & { readonly action: IRemedy | null }
): JSX.Element | null {
  const { action, remedy, state, trans } = props;
  if (!action) {
    return null;
  }
  const [first, last] = action.lines ?? [];
  const label =
    action.kind === 'lines'
      ? trans.__('Extract lines %1 to %2', first, last)
      : action.kind === 'cells'
        ? trans.__('Select these cells')
        : trans.__('Change the cell');
  return (
    <Actions>
      <Button
        label={label}
        disabled={state.busy}
        onClick={() => remedy(action)}
      />
    </Actions>
  );
}

function Parameters(props: {
  readonly title: string;
  readonly all: readonly IParameter[];
}): JSX.Element | null {
  if (props.all.length === 0) {
    return null;
  }
  return (
    <dl className="jp-Prodready-parameters">
      <dt>{props.title}</dt>
      {props.all.map(({ annotation, name, reason }) => (
        <dd key={name}>
          <code>{annotation ? `${name}: ${annotation}` : name}</code>{' '}
          <span className="jp-Prodready-hint">
            <Inline text={reason} />
          </span>
        </dd>
      ))}
    </dl>
  );
}
