import type { TranslationBundle } from '@jupyterlab/translation';
import { closeIcon } from '@jupyterlab/ui-components';
import React from 'react';

import type { ICellName, IPlace, IVerifyJob, VerifyState } from '../tokens';
import { AskEffects, AskMemory, joined } from './asking';
import { Button, StopBar } from './buttons';
import { Glyph, type GlyphName } from './glyph';
import { Inline } from './inline';
import { ProblemNotice } from './notice';
import { runningWords } from './progress';
import { Fold } from './fold';
import { Repairs, type IRepairProps } from './repairs';
import { CellResults, isPlain } from './results';
import { StateDifferences } from './state';
import { CellReview, type IReviewProps } from './review';

export interface IVerifyProps {
  readonly trans: TranslationBundle;
  readonly state: VerifyState;
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly jump: (place: IPlace) => void;
  readonly repair: IRepairProps;
  readonly review: IReviewProps;
  readonly start: () => void;
  readonly confirm: () => void;
  readonly confirmMemory: () => void;
  readonly skip: () => void;
  readonly dismiss: () => void;
  readonly cancel: () => void;
}

/** The button, with what it will not do under it; while idle nothing more. */
export function VerifyButton(props: IVerifyProps): JSX.Element {
  const { start, state, trans } = props;
  return (
    <>
      <Button
        isMain
        label={trans.__('Restart and verify')}
        disabled={['running', 'asking', 'short'].includes(state.phase)}
        onClick={start}
      />
      <p className="jp-Prodready-hint">
        {trans.__('Runs a copy. Your kernel and variables stay.')}
      </p>
    </>
  );
}

/** The question, the cells ticking off, the result. */
export function VerifyProgress(props: IVerifyProps): JSX.Element | null {
  const { start, state, trans } = props;
  switch (state.phase) {
    case 'idle':
      return null;
    case 'asking':
      return (
        <AskEffects {...props} cells={state.cells} label={trans.__('Verify')} />
      );
    case 'short':
      return (
        <AskMemory
          {...props}
          message={state.message}
          label={trans.__('Verify anyway')}
          confirm={props.confirmMemory}
        />
      );
    case 'running':
      return <Running {...props} {...state} />;
    case 'ended':
      return <Ended {...props} {...state} />;
    case 'failed':
      return (
        <ProblemNotice problem={state.problem} trans={trans} onRetry={start} />
      );
  }
}

function Running(
  props: IVerifyProps & {
    readonly job: IVerifyJob | null;
    readonly cancelling: boolean;
  }
): JSX.Element {
  const { cancel, cancelling, job, nameOf, trans } = props;
  if (job?.report) {
    return <Searching {...props} job={job} />;
  }
  return (
    <div className="jp-Prodready-running">
      <StopBar
        label={trans.__('Cells verified')}
        done={job?.done ?? 0}
        total={job?.total || null}
        stop={{
          label: cancelling ? trans.__('Cancelling…') : trans.__('Cancel'),
          disabled: !job || cancelling,
          onClick: cancel
        }}
      />
      <p className="jp-Prodready-hint">{runningWords(job, nameOf, trans)}</p>
      <CellResults {...props} cells={job?.cells ?? []} />
    </div>
  );
}

/** The verdict is there; a repair is still looked for. */
function Searching(
  props: IVerifyProps & {
    readonly job: IVerifyJob;
    readonly cancelling: boolean;
  }
): JSX.Element {
  const { cancel, cancelling, job, trans } = props;
  return (
    <section
      className="jp-Prodready-section"
      aria-label={trans.__('Last verification')}
      data-verdict={job.report?.verdict}
    >
      <StopBar
        label={trans.__('Looking for a repair…')}
        done={0}
        total={null}
        stop={{
          label: trans.__('Stop looking'),
          disabled: cancelling,
          onClick: cancel
        }}
      />
      <p className="jp-Prodready-hint">{trans.__('Looking for a repair…')}</p>
      <Verdict {...props} />
    </section>
  );
}

/** The sentence, why it is so, and what would mend it. */
function Verdict(
  props: IVerifyProps & { readonly job: IVerifyJob }
): JSX.Element {
  const { job, trans } = props;
  return (
    <>
      <p className="jp-Prodready-result" role="status">
        <Glyph name={resultGlyph(job)} />
        <span>
          <Inline text={resultWords(job, trans)} />
        </span>
      </p>
      <VerifyCause {...props} />
      <Repairs {...props.repair} repairs={job.report?.repairs ?? []} />
      {job.report?.repairs_skipped && (
        <p className="jp-Prodready-hint">
          {trans.__(
            'No repair was looked for: %1.',
            job.report.repairs_skipped
          )}
        </p>
      )}
      <Results {...props} />
      <StateDifferences trans={trans} state={job.report?.state ?? []} />
    </>
  );
}

function Ended(
  props: IVerifyProps & {
    readonly job: IVerifyJob;
    readonly at: Date;
    readonly changedSince: readonly ICellName[];
  }
): JSX.Element {
  const { changedSince, dismiss, job, trans } = props;
  const isWhole = changedSince.length === 0;
  return (
    <section
      className={`jp-Prodready-section ${isWhole ? '' : 'jp-mod-changed'}`}
      aria-label={trans.__('Last verification')}
      data-verdict={job.report?.verdict ?? job.state}
    >
      <h3>
        {title(props)}
        <button
          type="button"
          className="jp-Prodready-close"
          title={trans.__('Close')}
          aria-label={trans.__('Close the result of the verification')}
          onClick={dismiss}
        >
          <closeIcon.react tag="span" />
        </button>
      </h3>
      {!isWhole && (
        <p className="jp-Prodready-hint">
          {trans.__('Changed since: %1.', joined(changedSince, trans))}
        </p>
      )}
      <Verdict {...props} />
    </section>
  );
}

function title(props: {
  readonly at: Date;
  readonly job: IVerifyJob;
  readonly trans: TranslationBundle;
}): string {
  const { at, job, trans } = props;
  const time = at.toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit'
  });
  switch (job.report?.verdict) {
    case undefined:
      return trans.__('Not verified, %1', time);
    case 'fails': // people read "verified" as "good"
      return trans.__('Failed %1', time);
    default:
      return trans.__('Verified %1', time);
  }
}

export function resultWords(job: IVerifyJob, trans: TranslationBundle): string {
  if (job.state === 'cancelled') {
    return trans.__('Cancelled. The fresh kernel is gone.');
  }
  if (job.error) {
    return `${job.error.message} ${job.error.hint}`.trim();
  }
  return job.report?.message ?? trans.__('The verification gave no result.');
}

function resultGlyph(job: IVerifyJob): GlyphName {
  switch (job.report?.verdict) {
    case 'reproduces':
    case 'reproduces-but-noise':
      return 'ok';
    case 'differs':
      return 'warning';
    case 'fails':
      return 'error';
    default:
      return job.state === 'cancelled' ? 'skipped' : 'unknown';
  }
}

function VerifyCause(
  props: IVerifyProps & { readonly job: IVerifyJob }
): JSX.Element | null {
  const { job, jump, trans } = props;
  const cause = job.report?.cause;
  if (!cause) {
    return null;
  }
  const { cell_id: cellId, line } = cause;
  return (
    <div className="jp-Prodready-cause">
      {!job.report?.message.includes(cause.message) && (
        <p>
          <Inline text={cause.message} />
        </p>
      )}
      {cause.source && <pre>{cause.source}</pre>}
      {cause.remedy && job.report?.repairs.length === 0 && (
        <p className="jp-Prodready-hint">
          <Inline text={cause.remedy} />
        </p>
      )}
      {cellId && (
        <button
          type="button"
          className="jp-Prodready-link"
          onClick={() => jump({ cellId, line: line ?? 1 })}
        >
          {trans.__('Show me')}
        </button>
      )}
    </div>
  );
}

/** What needs a look first, the rest folded. */
function Results(
  props: IVerifyProps & { readonly job: IVerifyJob }
): JSX.Element {
  const { job, review, trans } = props;
  const cells = job.report?.cells ?? job.cells;
  const plain = cells.filter(isPlain);
  const skipped = cells.filter(cell => cell.verdict === 'skipped');
  const rest = cells.filter(cell => !isPlain(cell) && !skipped.includes(cell));
  return (
    <>
      <CellResults
        {...props}
        cells={rest}
        below={cell => job.report && <CellReview {...review} cell={cell} />}
      />
      <Fold
        label={trans._n(
          '%1 cell is the same',
          '%1 cells are the same',
          plain.length
        )}
        count={plain.length}
      >
        <CellResults {...props} cells={plain} />
      </Fold>
      <Fold
        label={trans._n(
          '%1 cell was not run',
          '%1 cells were not run',
          skipped.length
        )}
        count={skipped.length}
      >
        <CellResults {...props} cells={skipped} />
      </Fold>
    </>
  );
}
