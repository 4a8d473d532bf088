import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { IExtraction, IProblem, LineRange, SetupRun } from '../tokens';
import { Actions, Button } from './buttons';
import { Diff } from './diff';
import { diffTicks } from './extract-hunks';
import { Plan } from './extract-plan';
import { FormActions, proofWords } from './extract-proof';
import type { IExtractProps, IPlanProps } from './extract-props';
import { SetupTick, Ticks } from './extract-ticks';
import { LiveNotice } from './extract-live';
import { SectionList } from './extract-sections';
import { Settings } from './extract-settings';
import { CellLink, Inline } from './inline';
import { InstallOffer } from './install';
import { ProblemNotice } from './notice';
import { TextField } from './text-field';
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
              ticks={diffTicks({ ...props, extraction })}
              label={trans.__('What would be written')}
            />
          </div>
        </fieldset>
      )}
    </form>
  );
}

function Cells({ jump, state, trans }: IExtractProps): JSX.Element {
  return (
    <>
      {state.cells.map(cell => {
        const ranges = state.lines[cell.id] ?? [];
        const line = ranges[0]?.[0] ?? 1;
        return (
          <React.Fragment key={cell.id}>
            <CellLink cell={cell} onJump={cellId => jump({ cellId, line })} />
            {ranges.length > 0 && (
              <p className="jp-Prodready-hint">{rangeWords(ranges, trans)}</p>
            )}
          </React.Fragment>
        );
      })}
    </>
  );
}

function rangeWords(
  ranges: readonly LineRange[],
  trans: TranslationBundle
): string {
  const [[first, last], ...others] = ranges;
  if (others.length === 0 && first === last) {
    return trans.__('line %1 only', first);
  }
  const texts = ranges.map(([first, last]) =>
    first === last ? `${first}` : `${first}–${last}`
  );
  return trans.__('lines %1 only', texts.join(', '));
}

function Fields({ state, trans, type }: IExtractProps): JSX.Element {
  const isSplit = state.sections !== null;
  return (
    <>
      <label>
        {isSplit ? trans.__('Folder') : trans.__('Module')}
        <TextField
          value={state.module}
          title={state.module}
          placeholder={
            isSplit
              ? trans.__('src/package')
              : trans.__('src/package/module.py')
          }
          onType={module => type({ module })}
        />
      </label>
      {!isSplit && !state.options.several && (
        <label>
          {trans.__('Function')}
          <TextField value={state.name} onType={name => type({ name })} />
        </label>
      )}
    </>
  );
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
      <p className="jp-Prodready-hint">{proofWords(extraction, trans)}</p>
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
