import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef } from 'react';

import {
  installedNote,
  isInstalled,
  type IInstall,
  type IVerifyJob,
  type JobRunState
} from '../tokens';
import { Actions, Button, StopBar } from './buttons';
import { Diff } from './diff';
import type { IExtractProps } from './extract-props';
import { Fold } from './fold';
import { Inline } from './inline';
import { ProblemNotice } from './notice';

/** What would save the cell that adds to the path: offered, under way, failed, or done. */
export function InstallOffer(props: IExtractProps): JSX.Element | null {
  const { state, trans } = props;
  const { install: run, installed } = state;
  const { extraction } = state;
  const offer = extraction?.status === 'preview' ? extraction.install : null;
  if (run.phase === 'running') {
    return <Running trans={trans} run={run} cancel={props.cancelInstall} />;
  }
  if (!offer) {
    return installed ? (
      <p className="jp-Prodready-hint" role="status">
        <Inline text={installed} />
      </p>
    ) : null;
  }
  return (
    <>
      <Failure trans={trans} run={run} retry={props.install} />
      <Fold
        label={trans.__('Without that cell: install %1', offer.package)}
        count={1}
      >
        <div className="jp-Prodready-install">
          <Offer {...props} offer={offer} />
        </div>
      </Fold>
    </>
  );
}

export interface IInstallRunProps {
  readonly trans: TranslationBundle;
  readonly run: JobRunState;
  readonly cancel: () => void;
  readonly dismiss: () => void;
}

/** An install while its sheet is closed, as after a reload: how far it is, what came of it. */
export function InstallNotice(props: IInstallRunProps): JSX.Element {
  const { cancel, dismiss, run, trans } = props;
  return (
    <section
      className="jp-Prodready-ask"
      aria-label={trans.__('Install of the project')}
    >
      <p>{trans.__('Install of the project')}</p>
      {run.phase === 'running' ? (
        <Running trans={trans} run={run} cancel={cancel} />
      ) : (
        <>
          <Failure trans={trans} run={run} />
          <p className="jp-Prodready-hint" role="status">
            <Inline text={endedWords(run, trans)} />
          </p>
          <Actions>
            <Button label={trans.__('Close')} onClick={dismiss} />
          </Actions>
        </>
      )}
    </section>
  );
}

function endedWords(run: JobRunState, trans: TranslationBundle): string {
  if (isInstalled(run)) {
    return installedNote(run) || trans.__('Installed.');
  }
  const isCancelled = run.phase === 'ended' && run.job.state === 'cancelled';
  return isCancelled
    ? trans.__('Cancelled. Nothing stays written.')
    : trans.__('Extract again to try it once more.');
}

function Offer(
  props: IExtractProps & { readonly offer: IInstall }
): JSX.Element {
  const { install, offer, state, trans } = props;
  return (
    <>
      <p className="jp-Prodready-hint">
        <Inline text={offer.why_not || offerWords(offer, trans)} />
      </p>
      <Command
        label={trans.__('The command of the install')}
        text={offer.command}
      />
      {!offer.why_not && (
        <>
          {offer.diff && (
            <Diff
              diff={offer.diff}
              label={trans.__('What the install would write')}
            />
          )}
          <Actions>
            <Button
              label={trans.__(
                'Install %1 (editable) into the kernel’s environment',
                offer.package
              )}
              disabled={state.busy || !state.isCurrent}
              onClick={install}
            />
          </Actions>
        </>
      )}
    </>
  );
}

function offerWords(offer: IInstall, trans: TranslationBundle): string {
  return offer.diff
    ? trans.__(
        'This is written and run where the kernel is. Every notebook of that environment then finds `%1`, with each edit of it.',
        offer.package
      )
    : trans.__(
        'This is run where the kernel is. Every notebook of that environment then finds `%1`, with each edit of it.',
        offer.package
      );
}

function Running(props: {
  readonly trans: TranslationBundle;
  readonly run: Extract<JobRunState, { readonly phase: 'running' }>;
  readonly cancel: () => void;
}): JSX.Element {
  const { cancel, run, trans } = props;
  const { cancelling, job } = run;
  return (
    <div className="jp-Prodready-install">
      <StopBar
        label={trans.__('Installing')}
        done={0}
        total={null}
        stop={{
          label: cancelling ? trans.__('Cancelling…') : trans.__('Cancel'),
          disabled: !job || cancelling,
          onClick: cancel
        }}
      />
      <p
        className="jp-Prodready-hint jp-Prodready-said"
        role="status"
        title={saidLast(job, trans)}
      >
        {saidLast(job, trans)}
      </p>
    </div>
  );
}

function saidLast(job: IVerifyJob | null, trans: TranslationBundle): string {
  if (job?.state === 'queued') {
    return trans.__('Waiting for another run to end…');
  }
  const said = job?.install?.said ?? [];
  return said[said.length - 1] ?? trans.__('Starting the installer…');
}

function Failure(props: {
  readonly trans: TranslationBundle;
  readonly run: JobRunState;
  readonly retry?: () => void;
}): JSX.Element | null {
  const { retry, run, trans } = props;
  if (run.phase === 'failed') {
    return (
      <ProblemNotice problem={run.problem} trans={trans} onRetry={retry} />
    );
  }
  if (run.phase !== 'ended' || !run.job.error) {
    return null;
  }
  const said = run.job.install?.said ?? [];
  return (
    <>
      <ProblemNotice
        problem={{ kind: 'refused', ...run.job.error }}
        trans={trans}
        onRetry={retry}
      />
      {said.length > 0 && (
        <Command
          label={trans.__('What the installer said last')}
          text={said.join('\n')}
          showsEnd
        />
      )}
    </>
  );
}

/** `showsEnd`: what is said last is what counts. */
function Command(props: {
  readonly label: string;
  readonly text: string;
  readonly showsEnd?: boolean;
}): JSX.Element {
  const node = useRef<HTMLPreElement>(null);
  useEffect(() => {
    if (props.showsEnd && node.current) {
      node.current.scrollTop = node.current.scrollHeight;
    }
  }, [props.text]);
  return (
    <pre
      ref={node}
      className="jp-Prodready-command"
      role="group"
      aria-label={props.label}
      tabIndex={0}
    >
      {props.text}
    </pre>
  );
}
