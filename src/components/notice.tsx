import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IProblem } from '../tokens';
import { Button } from './buttons';
import { Glyph } from './glyph';
import { Inline } from './inline';

/** Nothing is wrong, there is only nothing to show. */
export function EmptyNotice(props: { readonly text: string }): JSX.Element {
  return <p className="jp-Prodready-empty">{props.text}</p>;
}

/** What is shown is not of the page as it stands, and nothing checks it by itself. */
export function OutdatedNotice(props: {
  readonly trans: TranslationBundle;
  /** False where it was never checked. */
  readonly isChecked: boolean;
  readonly onCheck: () => void;
}): JSX.Element {
  const { isChecked, onCheck, trans } = props;
  return (
    <div className="jp-Prodready-notice" role="status">
      <Glyph name="unknown" />
      <div>
        <p>
          {isChecked
            ? trans.__('The notebook changed since it was checked.')
            : trans.__('Not checked yet.')}
        </p>
        <p className="jp-Prodready-hint">
          {trans.__('The settings say that it is checked on demand only.')}
        </p>
        <Button label={trans.__('Check now')} onClick={onCheck} />
      </div>
    </div>
  );
}

/** What went wrong, what to do about it, a way to try again and one to leave it. */
export function ProblemNotice(props: {
  readonly problem: IProblem;
  readonly trans: TranslationBundle;
  readonly onRetry?: () => void;
  readonly onClose?: () => void;
}): JSX.Element {
  const { problem, trans, onClose, onRetry } = props;
  const { message, hint } = problemWords(problem, trans);
  return (
    <div className="jp-Prodready-notice" role="alert">
      <Glyph name="warning" />
      <div>
        <p>
          <Inline text={message} />
        </p>
        {hint && (
          <p className="jp-Prodready-hint">
            <Inline text={hint} />
          </p>
        )}
        {onRetry && <Button label={trans.__('Retry')} onClick={onRetry} />}
        {onClose && <Button label={trans.__('Close')} onClick={onClose} />}
      </div>
    </div>
  );
}

/** The words for a problem: the server part's own, or ours where it cannot speak. */
export function problemWords(
  problem: IProblem,
  trans: TranslationBundle
): { message: string; hint: string } {
  const { kind, message } = problem;
  switch (kind) {
    case 'no-server-part':
      return {
        message: trans.__(
          'The server part of Production readiness is not running.'
        ),
        hint: trans.__(
          'Install it where the Jupyter server runs with `pip install jupyter_prodready`, then restart the server.'
        )
      };
    case 'unreachable':
      return {
        message: trans.__('The Jupyter server does not answer.'),
        hint: trans.__('Check that it still runs, then try again.')
      };
    case 'mismatch':
      return {
        message: trans.__(
          'The server part answered something else than agreed (%1).',
          message
        ),
        hint: trans.__(
          'Panel and server part may be of different versions: reload the page, or install again and restart the server.'
        )
      };
    case 'http':
      return {
        message: trans.__('The server answered with HTTP %1.', message),
        hint: trans.__('The log of the Jupyter server says more.')
      };
    case 'cell-changed':
      return {
        message: trans.__('Cell %1 has changed since.', message),
        hint: trans.__('Nothing was written. Preview again.')
      };
    case 'undone-again':
      return {
        message: trans.__(
          'Cell %1 changed while the module was written.',
          message
        ),
        hint: trans.__(
          'The module was taken back and the notebook left as it is. Preview again.'
        )
      };
    case 'half-undone':
      return {
        message: trans.__(
          'The module was taken back, but cell %1 has changed since and was left as it is.',
          message
        ),
        hint: trans.__('Put its old code back by hand.')
      };
    case 'not-finished':
      return {
        message: trans.__(
          'The files are written, but cell %1 has changed and was left as it is.',
          message
        ),
        hint: trans.__('Undo it, and make it anew.')
      };
    case 'unsaved':
      return {
        message: trans.__(
          'The notebook’s own file would change, and the page has unsaved changes.'
        ),
        hint: trans.__('Save the notebook, or reload it from disk.')
      };
    case 'not-restarted':
      return {
        message: trans.__('The kernel did not come back after the restart.'),
        hint: trans.__(
          'No cell was run. The log of the Jupyter server says more.'
        )
      };
    case 'page-changed':
      return {
        message: trans.__('The notebook changed since the preview.'),
        hint: trans.__('Nothing was written. Preview again.')
      };
    case 'fix-changed':
      return {
        message: trans.__('The notebook changed: this fix no longer fits.'),
        hint: trans.__('Nothing was done. The problems below are up to date.')
      };
    case 'cell-locked':
      return {
        message: trans.__('Cell %1 is locked.', message),
        hint: trans.__('Nothing was written. Unlock the cell first.')
      };
    case 'cannot-undo':
      return {
        message: trans.__('Cell %1 has changed since the fix.', message),
        hint: trans.__('It was left as it is. Take the fix back by hand.')
      };
    case 'cell-edited':
      return {
        message: trans.__(
          'Cell %1 was edited since the verification.',
          message
        ),
        hint: trans.__('It was left as it is. Verify again.')
      };
    case 'page-edited':
      return {
        message: trans.__('The notebook changed since the verification.'),
        hint: trans.__('Nothing was written. Verify again.')
      };
    case 'outputs-cut':
      return {
        message: trans.__(
          'The outputs of cell %1 cannot be kept whole.',
          message
        ),
        hint: trans.__('Nothing was written. Run the cell yourself.')
      };
    case 'read-only':
      return {
        message: trans.__('This notebook is read-only.'),
        hint: trans.__('Save a copy to change it.')
      };
    case 'refused':
      return { message, hint: problem.hint };
  }
}
