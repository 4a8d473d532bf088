import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IJobSummary } from '../tokens';
import { Actions, Button } from './buttons';
import { Fold } from './fold';
import { Glyph, type GlyphName } from './glyph';

export interface IOtherRunsProps {
  readonly trans: TranslationBundle;
  /** Of other notebooks than the one that the panel speaks of. */
  readonly jobs: readonly IJobSummary[];
  readonly open: (path: string) => void;
  readonly remove: (id: string) => void;
}

/** Verifications, proofs and installs of other notebooks, under way or ended; nothing where none is. */
export function OtherRuns(props: IOtherRunsProps): JSX.Element {
  const { jobs, open, remove, trans } = props;
  return (
    <Fold
      label={trans.__('Other notebooks (%1)', jobs.length)}
      count={jobs.length}
    >
      <ul className="jp-Prodready-results">
        {jobs.map(job => (
          <li key={job.id}>
            <Glyph name={GLYPHS[job.state]} />
            <div>
              <p>
                <button
                  type="button"
                  className="jp-Prodready-link"
                  title={job.path}
                  onClick={() => open(job.path)}
                >
                  {job.path.split('/').pop()}
                </button>
              </p>
              <p className="jp-Prodready-hint">{words(job, trans)}</p>
              <Actions>
                <Button
                  label={
                    job.ended_at === null
                      ? trans.__('Cancel')
                      : trans.__('Forget')
                  }
                  onClick={() => remove(job.id)}
                />
              </Actions>
            </div>
          </li>
        ))}
      </ul>
    </Fold>
  );
}

const GLYPHS: Record<IJobSummary['state'], GlyphName> = {
  queued: 'waiting',
  running: 'running',
  done: 'ok',
  cancelled: 'skipped',
  failed: 'error'
};

function words(job: IJobSummary, trans: TranslationBundle): string {
  return `${kindWords(job.kind, trans)}: ${stateWords(job, trans)}`;
}

function kindWords(
  kind: IJobSummary['kind'],
  trans: TranslationBundle
): string {
  switch (kind) {
    case 'verify':
      return trans.__('Verification');
    case 'proof':
      return trans.__('Proof of an extraction');
    case 'install':
      return trans.__('Install of the project');
  }
}

function stateWords(job: IJobSummary, trans: TranslationBundle): string {
  switch (job.state) {
    case 'queued':
      return trans.__('waiting for another run to end');
    case 'running':
      if (job.kind === 'install') {
        return trans.__('under way');
      }
      return job.total
        ? trans.__('%1 of %2 cells', job.done, job.total)
        : trans.__('starting a fresh kernel');
    case 'done':
      return trans.__('ended; open the notebook to see the result');
    case 'cancelled':
      return trans.__('cancelled');
    case 'failed':
      return trans.__('could not be run');
  }
}
