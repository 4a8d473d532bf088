import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useRef, useState } from 'react';

import type { ICellName, IFinding, INotebookReport, IPlace } from '../tokens';
import { Fixes, isFixOf, pressFix } from './fix';
import { FixSheetView, type IFixProps } from './fix-sheet';
import { Fold } from './fold';
import { Glyph, type GlyphName } from './glyph';
import { CellLink, Inline } from './inline';
import { Why } from './why';

/** What a row needs besides its finding. */
export interface IRowContext {
  readonly trans: TranslationBundle;
  readonly activeCellId: string | null;
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly sourceOf: (cellId: string) => string;
  readonly explain: (check: string) => Promise<HTMLElement>;
  readonly jump: (place: IPlace) => void;
  /** The finding to lead to; `found` is called once its row has the focus. */
  readonly sought: IFinding | null;
  readonly found: () => void;
  readonly fix: IFixProps;
}

/** All findings: the certain ones open, the possible and suppressed ones folded. */
export function Problems(
  props: IRowContext & { readonly report: INotebookReport }
): JSX.Element {
  const { fix, report, trans } = props;
  const certain = report.findings.filter(finding => finding.certain);
  const possible = report.findings.filter(finding => !finding.certain);
  const { suppressed, skipped } = report;
  const isFixed = (finding: IFinding) => isFixOf(finding, fix.state);
  return (
    <section className="jp-Prodready-section" aria-label={trans.__('Problems')}>
      <h3>{heading(certain.length, possible.length, trans)}</h3>
      {fix.state && !report.findings.some(isFixed) && (
        <FixSheetView {...fix} state={fix.state} />
      )}
      <FindingList {...props} findings={certain} />
      <Fold
        label={trans._n(
          '%1 possible problem',
          '%1 possible problems',
          possible.length
        )}
        count={possible.length}
        // nothing else would say why the verdict is what it is
        open={isBad(report) && certain.length === 0}
        forced={possible.some(isFixed)}
        sought={possible.some(one => isSame(one, props.sought))}
      >
        <FindingList {...props} findings={possible} />
      </Fold>
      <Fold
        label={trans._n('%1 suppressed', '%1 suppressed', suppressed.length)}
        count={suppressed.length}
      >
        <FindingList {...props} findings={suppressed} />
      </Fold>
      <Fold
        label={trans._n(
          '%1 check skipped',
          '%1 checks skipped',
          skipped.length
        )}
        count={skipped.length}
      >
        <ul className="jp-Prodready-skipped">
          {skipped.map(({ check, reason }) => (
            <li key={check}>
              <code>{check}</code> <Inline text={reason} />
            </li>
          ))}
        </ul>
      </Fold>
    </section>
  );
}

function isSame(finding: IFinding, other: IFinding | null): boolean {
  return finding.cell_id === other?.cell_id && keyOf(finding) === keyOf(other);
}

function isBad({ verdict }: INotebookReport): boolean {
  return verdict.state === 'stale' || verdict.state === 'broken';
}

function heading(
  certain: number,
  possible: number,
  trans: TranslationBundle
): string {
  if (certain + possible === 0) {
    return trans.__('No problems');
  }
  return certain > 0
    ? trans._n('%1 problem', '%1 problems', certain)
    : trans.__('No certain problems');
}

/** Findings under the cell they stand in, in page order. */
function FindingList(
  props: IRowContext & { readonly findings: readonly IFinding[] }
): JSX.Element {
  const { activeCellId, findings, nameOf, jump, trans } = props;
  const ids = [...new Set(findings.map(finding => finding.cell_id))];
  const place = (id: string) =>
    findings.find(finding => finding.cell_id === id)?.cell_index ?? 0;
  ids.sort((a, b) => place(a) - place(b));
  return (
    <ul className="jp-Prodready-cells">
      {ids.map(id => {
        const rows = findings.filter(finding => finding.cell_id === id);
        const name = nameOf(id);
        return (
          <li key={id} className={groupClass(rows, id, activeCellId)}>
            {name && (
              <CellLink
                cell={name}
                title={trans.__('Go to this cell')}
                onJump={cellId => jump({ cellId, line: 1 })}
              />
            )}
            {rows.map(finding => (
              <Row key={keyOf(finding)} {...props} finding={finding} />
            ))}
          </li>
        );
      })}
    </ul>
  );
}

function groupClass(
  rows: readonly IFinding[],
  id: string,
  active: string | null
): string {
  const isAffected =
    active !== null && rows.some(row => row.affected.includes(active));
  const state =
    id === active ? 'jp-mod-active' : isAffected ? 'jp-mod-affected' : '';
  return `jp-Prodready-cell ${state}`;
}

function keyOf(finding: IFinding): string {
  return JSON.stringify([finding.check, finding.line, finding.message]);
}

function Row(props: IRowContext & { readonly finding: IFinding }): JSX.Element {
  const { explain, finding, found, jump, sought, trans } = props;
  const [isExplained, setExplained] = useState(false);
  const row = useRef<HTMLButtonElement>(null);
  const isSought = isSame(finding, sought);
  useEffect(() => {
    if (isSought) {
      row.current?.focus(); // which scrolls to it, and F fixes it
      found();
    }
  }, [isSought]);
  const place = { cellId: finding.cell_id, line: finding.line };
  return (
    <div
      className={`jp-Prodready-row ${finding.certain ? '' : 'jp-mod-possible'}`}
      data-check={finding.check}
      onKeyDown={pressFix}
    >
      <button
        type="button"
        ref={row}
        className="jp-Prodready-sentence"
        title={trans.__('Go to line %1', finding.line)}
        onClick={() => jump(place)}
      >
        <Glyph name={rowGlyph(finding)} />
        <span className="jp-Prodready-srOnly">{rowWords(finding, trans)}</span>
        <span>
          <Inline text={sentence(finding, props.nameOf(finding.cell_id))} />
        </span>
      </button>
      <Detail {...props} />
      {finding.reason === null && <Fixes {...props.fix} finding={finding} />}
      <div className="jp-Prodready-meta">
        <Cause {...props} />
        <Affected {...props} />
        <button
          type="button"
          className="jp-Prodready-link"
          aria-expanded={isExplained}
          onClick={() => setExplained(!isExplained)}
        >
          {trans.__('Why?')}
        </button>
      </div>
      {isExplained && (
        <Why check={finding.check} explain={explain} trans={trans} />
      )}
    </div>
  );
}

/** "[12] will fail after a restart: `x` comes from a cell that was deleted (In [3])". */
function sentence(finding: IFinding, cell: ICellName | null): string {
  const { consequence, message } = finding;
  return consequence && cell
    ? `${cell.label} ${consequence}: ${message}`
    : message;
}

/** The old code behind the trouble, why it was suppressed. */
function Detail(
  props: IRowContext & { readonly finding: IFinding }
): JSX.Element {
  const { finding, sourceOf, trans } = props;
  const line = oldLine(finding, sourceOf(finding.cause?.cell_id ?? ''));
  return (
    <>
      {line && (
        <p className="jp-Prodready-old" title={finding.cause?.source ?? ''}>
          {trans.__('ran as')} <code>{line}</code>
        </p>
      )}
      {finding.reason && (
        <p className="jp-Prodready-hint">
          {trans.__('Suppressed: %1', finding.reason)}
        </p>
      )}
    </>
  );
}

/** Where the two derivations part, if that is another cell of the page. */
function Cause(
  props: IRowContext & { readonly finding: IFinding }
): JSX.Element | null {
  const { finding, jump, nameOf, trans } = props;
  const causeId = finding.cause?.cell_id;
  const name = causeId ? nameOf(causeId) : null;
  if (!name || causeId === finding.cell_id) {
    return null;
  }
  return (
    <span>
      {trans.__('Cause:')}{' '}
      <CellLink
        short
        cell={name}
        title={name.firstLine}
        onJump={cellId => jump({ cellId, line: 1 })}
      />
    </span>
  );
}

function Affected(
  props: IRowContext & { readonly finding: IFinding }
): JSX.Element | null {
  const { finding, jump, nameOf, trans } = props;
  const others = finding.affected.filter(id => id !== finding.cell_id);
  if (others.length === 0) {
    return null;
  }
  return (
    <span>
      {trans._n('Affects %1 more cell', 'Affects %1 more cells', others.length)}
      {others.slice(0, MOST_AFFECTED).map(id => {
        const name = nameOf(id);
        return (
          name && (
            <CellLink
              short
              key={id}
              cell={name}
              title={name.firstLine}
              onJump={cellId => jump({ cellId, line: 1 })}
            />
          )
        );
      })}
      {others.length > MOST_AFFECTED && (
        <span>{trans.__('and %1 more', others.length - MOST_AFFECTED)}</span>
      )}
    </span>
  );
}

const MOST_AFFECTED = 4;

/**
 * The line of the cause's source that tells most: one with the finding's name that
 * the page no longer has. Empty where the cause has no source or nothing is gone.
 */
export function oldLine(finding: IFinding, current: string): string {
  const now = new Set(current.split('\n').map(line => line.trim()));
  const gone = (finding.cause?.source ?? '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line && !now.has(line));
  const names = finding.names.map(name => new RegExp(`\\b${escaped(name)}\\b`));
  return (
    gone.find(line => names.some(name => name.test(line))) ?? gone[0] ?? ''
  );
}

function escaped(name: string): string {
  return name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function rowGlyph(finding: IFinding): GlyphName {
  return finding.severity;
}

function rowWords(finding: IFinding, trans: TranslationBundle): string {
  if (!finding.certain) {
    return trans.__('Possible:');
  }
  switch (finding.severity) {
    case 'error':
      return trans.__('Error:');
    case 'warning':
      return trans.__('Warning:');
    case 'info':
      return trans.__('Note:');
  }
}
