import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import {
  wantsTest,
  type IExtraction,
  type IProblem,
  type SetupRun
} from '../tokens';
import { AskEffects, AskMemory } from './asking';
import { Actions, Button, StopBar } from './buttons';
import { Diff } from './diff';
import { Plan } from './extract-plan';
import type { IExtractProps, IPlanProps } from './extract-props';
import { SetupTick, Ticks } from './extract-ticks';
import { LiveNotice } from './extract-live';
import { SectionList } from './extract-sections';
import { Settings } from './extract-settings';
import { CellLink, Inline } from './inline';
import { InstallOffer } from './install';
import { ProblemNotice } from './notice';
import { runningWords } from './progress';
import { UnfinishedNotice } from './unfinished';

/** What moves, where to, and exactly what would be written. */
export function ExtractSheetView(props: IExtractProps): JSX.Element {
  const { close, state, trans, unfinished } = props;
  const { extraction, problem } = state;
  return (
    <section
      className="jp-Prodready-section jp-Prodready-extract"
      aria-label={trans.__('Extract to module')}
      aria-busy={state.busy}
    >
      <h3>
        {state.sections
          ? trans.__('Split at the headings')
          : trans.__('Extract to module')}
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
      {unfinished && <UnfinishedNotice {...unfinished} />}
      {problem && <Problem {...props} problem={problem} />}
      {extraction?.status === 'applied' ? (
        <Applied {...props} extraction={extraction} />
      ) : (
        <Form {...props} />
      )}
    </section>
  );
}

function Problem(
  props: IExtractProps & { readonly problem: IProblem }
): JSX.Element {
  const { preview, problem, trans } = props;
  return <ProblemNotice problem={problem} trans={trans} onRetry={preview} />;
}

function Form(props: IExtractProps): JSX.Element {
  const { preview, state, trans } = props;
  const { extraction, isCurrent } = state;
  const outdated = isCurrent ? '' : 'jp-mod-outdated';
  return (
    <form
      className="jp-Prodready-extractParts"
      onSubmit={event => {
        event.preventDefault();
        preview();
      }}
    >
      <fieldset className="jp-mod-what">
        <legend>{trans.__('What')}</legend>
        <LiveNotice {...props} />
        {state.sections ? (
          <SectionList {...props} sections={state.sections} />
        ) : (
          <Cells {...props} />
        )}
        {extraction && (
          <div className={outdated}>
            <Plan {...props} extraction={extraction} />
            <Settings {...props} extraction={extraction} />
          </div>
        )}
      </fieldset>
      <fieldset className="jp-mod-where">
        <legend>{trans.__('Where')}</legend>
        <Fields {...props} />
        {extraction?.reach && (
          <p className="jp-Prodready-hint">
            <Inline text={extraction.reach} />
          </p>
        )}
        <InstallOffer {...props} />
        {extraction?.status === 'preview' && (
          <SetupTick {...props} extraction={extraction} />
        )}
        <FormActions {...props} />
      </fieldset>
      {extraction?.diff && (
        <fieldset className="jp-mod-preview">
          <legend>{trans.__('Preview')}</legend>
          <Ticks {...props} extraction={extraction} />
          <div className={outdated}>
            <Diff
              diff={extraction.diff}
              label={trans.__('What would be written')}
            />
          </div>
        </fieldset>
      )}
    </form>
  );
}

function Cells({ jump, state }: IExtractProps): JSX.Element {
  return (
    <>
      {state.cells.map(cell => (
        <CellLink
          key={cell.id}
          cell={cell}
          onJump={cellId => jump({ cellId, line: 1 })}
        />
      ))}
    </>
  );
}

function Fields({ state, trans, type }: IExtractProps): JSX.Element {
  const isSplit = state.sections !== null;
  return (
    <>
      <label>
        {isSplit ? trans.__('Folder') : trans.__('Module')}
        <input
          type="text"
          spellCheck={false}
          value={state.module}
          title={state.module}
          placeholder={
            isSplit
              ? trans.__('src/package')
              : trans.__('src/package/module.py')
          }
          onChange={event => type({ module: event.target.value })}
        />
      </label>
      {!isSplit && !state.options.several && (
        <label>
          {trans.__('Function')}
          <input
            type="text"
            spellCheck={false}
            value={state.name}
            onChange={event => type({ name: event.target.value })}
          />
        </label>
      )}
    </>
  );
}

/** Preview while something is newer than the plan shown, else Apply. */
function FormActions(props: IExtractProps): JSX.Element {
  const { apply, prove, state, trans } = props;
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
        <Button
          label={trans.__('Preview')}
          isMain={!canApply && state.install.phase !== 'running'}
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
          ? proofWords(state.extraction.proof, trans)
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

function setupWords(run: SetupRun, trans: TranslationBundle): string {
  switch (run.kind) {
    case 'ran':
      return trans.__(
        'The import ran in your kernel: go on without a restart.'
      );
    case 'failed':
      return run.message
        ? trans.__('The import failed in your kernel: %1', run.message)
        : trans.__('The import failed in your kernel: its cell says why.');
    case 'held':
      return trans.__(
        'The import was not run: your kernel holds %1 already. Run it yourself to replace that.',
        run.names.map(name => `\`${name}\``).join(', ')
      );
    case 'not-idle':
      return trans.__('The import was not run: your kernel was busy.');
  }
}

function movedWords(
  { function: name, module, steps }: IExtraction,
  trans: TranslationBundle
): string {
  const many = module.endsWith('.py')
    ? trans.__('Moved %1 functions to %2.', steps.length, module)
    : trans.__('Moved %1 functions to modules in %2.', steps.length, module);
  return steps.length > 0
    ? `${many} ${trans.__('Save the notebook to keep the change.')}`
    : trans.__(
        'Moved `%1` to %2. Save the notebook to keep the change.',
        name,
        module
      );
}

function Applied(props: IPlanProps): JSX.Element {
  const { extraction, openModule, state, trans, undo, verify } = props;
  return (
    <div className="jp-Prodready-ask" role="status">
      <p>
        <Inline text={movedWords(extraction, trans)} />
      </p>
      <p className="jp-Prodready-hint">{proofWords(extraction.proof, trans)}</p>
      {state.setupRun && (
        <p className="jp-Prodready-hint">
          <Inline text={setupWords(state.setupRun, trans)} />
        </p>
      )}
      <Actions>
        <Button
          label={trans.__('Open')}
          takesFocus="if-free"
          onClick={() =>
            openModule(extraction.steps[0]?.module ?? extraction.module)
          }
        />
        <Button label={trans.__('Undo')} disabled={state.busy} onClick={undo} />
        <Button
          label={trans.__('Verify')}
          title={trans.__('Runs a copy. Your kernel and variables stay.')}
          onClick={verify}
        />
      </Actions>
    </div>
  );
}
