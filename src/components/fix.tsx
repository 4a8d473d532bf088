import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

import type { FixObstacle, FixState, IFinding, IFix } from '../tokens';
import { FixSheetView, type IFixProps } from './fix-sheet';
import { Glyph } from './glyph';
import { Inline } from './inline';

/** What stands in the row of its finding; the rest outlives the row or its place. */
const IN_ROW: readonly FixState['phase'][] = [
  'planning',
  'preview',
  'running',
  'failed'
];

/** Is what is shown of a fix to be shown with this finding? */
export function isFixOf(
  finding: IFinding,
  state: FixState | null
): state is FixState {
  return (
    state !== null &&
    IN_ROW.includes(state.phase) &&
    state.finding.check === finding.check &&
    state.finding.cell_id === finding.cell_id &&
    state.finding.line === finding.line &&
    finding.fixes.some(fix => fix.id === state.fix.id)
  );
}

/** The ways out of one finding: the first as a button, the others folded. */
export function Fixes(
  props: IFixProps & { readonly finding: IFinding }
): JSX.Element | null {
  const { finding, state, trans } = props;
  const [isOpen, setOpen] = useState(false);
  const [main, ...others] = finding.fixes;
  const isSheet = isFixOf(finding, state) && state.phase !== 'planning';
  const buttons = useFocusAfter(isSheet);
  if (!main) {
    return null;
  }
  if (isSheet) {
    return <FixSheetView {...props} state={state} />;
  }
  return (
    <div className="jp-Prodready-fixes" ref={buttons}>
      <FixButton {...props} fix={main} isMain />
      {isOpen &&
        others.map(fix => <FixButton key={fix.id} {...props} fix={fix} />)}
      {others.length > 0 && (
        <button
          type="button"
          className="jp-Prodready-link jp-Prodready-more"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <span className="jp-Prodready-caret" aria-hidden="true" />
          {trans._n('%1 other way', '%1 other ways', others.length)}
        </button>
      )}
    </div>
  );
}

/** The focus comes back to the main fix when a sheet is closed that had it. */
function useFocusAfter(isSheet: boolean): React.RefObject<HTMLDivElement> {
  const buttons = useRef<HTMLDivElement>(null);
  const wasSheet = useRef(false);
  useEffect(() => {
    if (wasSheet.current && document.activeElement === document.body) {
      buttons.current?.querySelector<HTMLElement>(MAIN)?.focus();
    }
    wasSheet.current = isSheet;
  }, [isSheet]);
  return buttons;
}

const MAIN = '[data-fix=main]:not(:disabled)';

function FixButton(
  props: IFixProps & {
    readonly finding: IFinding;
    readonly fix: IFix;
    readonly isMain?: boolean;
  }
): JSX.Element {
  const { finding, fix, isMain, obstacleOf, start, state, trans } = props;
  const obstacle = obstacleOf(fix);
  const isUnderWay = obstacle === 'under-way' && state?.fix.id === fix.id;
  const words = obstacle ? obstacleWords(obstacle, trans) : '';
  const key = isMain ? ` (${FIX_KEY.toUpperCase()})` : '';
  return (
    <>
      <button
        type="button"
        className="jp-Prodready-button jp-Prodready-fix"
        data-fix={isMain ? 'main' : 'other'}
        aria-keyshortcuts={isMain ? FIX_KEY : undefined}
        aria-busy={isUnderWay}
        disabled={obstacle !== null}
        title={words || effectWords(fix, trans) + key}
        onClick={() => start(finding, fix)}
      >
        <Glyph name={needsKernel(fix) ? 'run' : 'edited'} />
        <span>
          <Inline text={fix.title} />
        </span>
      </button>
      {words && <span className="jp-Prodready-hint">{words}</span>}
    </>
  );
}

/** The key that applies the main fix of the row that has the focus. */
const FIX_KEY = 'f';

/** F in a row clicks its main fix. */
export function pressFix(event: React.KeyboardEvent<HTMLElement>): void {
  const { altKey, ctrlKey, key, metaKey } = event;
  if (key.toLowerCase() !== FIX_KEY || altKey || ctrlKey || metaKey) {
    return;
  }
  const button = event.currentTarget.querySelector<HTMLElement>(MAIN);
  if (button) {
    event.preventDefault();
    button.click();
  }
}

function needsKernel(fix: IFix): boolean {
  return fix.run.length > 0 || fix.kind === 'restart';
}

function effectWords(fix: IFix, trans: TranslationBundle): string {
  if (fix.kind === 'restart') {
    return trans.__('Asks before it restarts');
  }
  return fix.run.length > 0
    ? trans.__('Runs these cells now, in this order')
    : trans.__('Shows the change before it is made');
}

/** Empty while another fix is under way: that is to be seen where it is. */
function obstacleWords(
  obstacle: FixObstacle,
  trans: TranslationBundle
): string {
  switch (obstacle) {
    case 'read-only':
      return trans.__('This notebook is read-only. Save a copy to change it.');
    case 'no-kernel':
      return trans.__('No kernel. Choose one to run cells.');
    case 'kernel-dead':
      return trans.__('The kernel is dead. Restart it to run cells.');
    case 'kernel-away':
      return trans.__('The kernel does not answer yet.');
    case 'under-way':
      return '';
  }
}
