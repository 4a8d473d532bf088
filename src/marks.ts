/** What the page itself shows: a badge at a cell, an item in the status bar. */
import type { Cell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { IDisposable } from '@lumino/disposable';
import { Signal } from '@lumino/signaling';
import React from 'react';

import { Glyph, glyphElement, type GlyphName } from './components/glyph';
import { verdictGlyph, verdictWords } from './components/verdict';
import type { ReadinessModel } from './model';
import type { ICellReport } from './tokens';
import type { ReadinessTracker } from './tracker';

const BADGE = 'jp-Prodready-badge';

/** What is said at a cell; null where there is nothing to say. */
export type Mark = 'fails' | 'edited' | 'stale' | 'old-session';

const MARK_GLYPHS: Record<Mark, GlyphName> = {
  fails: 'error',
  edited: 'edited',
  stale: 'stale',
  'old-session': 'unknown'
};

/** The one thing to say about a cell: the worst first. */
export function markOf(cell: ICellReport): Mark | null {
  if (cell.restart === 'fails') {
    return 'fails';
  }
  switch (cell.state) {
    case 'edited':
    case 'stale':
    case 'old-session':
      return cell.state;
    default:
      return null;
  }
}

export function markWords(mark: Mark, trans: TranslationBundle): string {
  switch (mark) {
    case 'fails':
      return trans.__('Will fail after a restart');
    case 'edited':
      return trans.__('Edited after it ran: the output is from old code');
    case 'stale':
      return trans.__('The output is out of date');
    case 'old-session':
      return trans.__('The output is from an earlier kernel');
  }
}

/** Keeps the badges of every view of every notebook. */
export class CellMarks implements IDisposable {
  constructor(
    private readonly _tracker: ReadinessTracker,
    private readonly _trans: TranslationBundle,
    private readonly _show: (cellId: string) => void
  ) {
    _tracker.models.forEach(model => this._follow(_tracker, model));
    _tracker.modelAdded.connect(this._follow, this);
    _tracker.changed.connect(this._updateAll, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    Signal.clearData(this);
  }

  set isShown(value: boolean) {
    this._isShown = value;
    this._updateAll();
  }

  private _follow(sender: ReadinessTracker, model: ReadinessModel): void {
    model.changed.connect(this._update, this);
  }

  private _updateAll(): void {
    this._tracker.models.forEach(model => this._update(model));
  }

  private _update(model: ReadinessModel): void {
    const reports = new Map(
      (model.report?.cells ?? []).map(cell => [cell.id, cell])
    );
    for (const panel of this._tracker.viewsOf(model)) {
      this._decorate(panel, reports);
    }
  }

  private _decorate(
    panel: NotebookPanel,
    reports: ReadonlyMap<string, ICellReport>
  ): void {
    for (const cell of panel.content.widgets) {
      const report = this._isShown ? reports.get(cell.model.id) : undefined;
      this._mark(
        cell,
        report ? markOf(report) : null,
        report?.certain ?? false
      );
    }
  }

  /** Touches the node only where the mark changed: a page may have many cells. */
  private _mark(cell: Cell, mark: Mark | null, certain: boolean): void {
    const { node } = cell;
    const isCertain = certain || mark === 'fails';
    const wanted = mark && `${mark} ${isCertain ? 'certain' : 'possible'}`;
    if ((node.dataset.prodready ?? null) === wanted) {
      return;
    }
    node.querySelector(`:scope > .${BADGE}`)?.remove();
    delete node.dataset.prodready;
    if (mark && wanted) {
      node.dataset.prodready = wanted;
      node.append(this._badge(mark, isCertain, cell.model.id));
    }
  }

  private _badge(mark: Mark, certain: boolean, cellId: string): HTMLElement {
    const button = document.createElement('button');
    const words = markWords(mark, this._trans);
    const label = certain ? words : this._trans.__('Possible: %1', words);
    button.type = 'button';
    button.className = BADGE;
    button.title = label;
    button.setAttribute(
      'aria-label',
      this._trans.__('%1. Show in Production readiness', label)
    );
    button.append(glyphElement(MARK_GLYPHS[mark]));
    button.addEventListener('click', () => this._show(cellId));
    return button;
  }

  private _isShown = true;
  private _isDisposed = false;
}

/** The verdict in the status bar, and whether it still holds; a click opens the panel. */
export class StatusItem extends ReactWidget {
  constructor(
    private readonly _tracker: ReadinessTracker,
    private readonly _trans: TranslationBundle,
    private readonly _show: () => void
  ) {
    super();
    this.addClass('jp-Prodready-status');
    _tracker.changed.connect(this.update, this);
  }

  /** Is there anything to tell, and are marks wanted? */
  get isActive(): boolean {
    return this._tracker.hasMarks && this._tracker.current !== null;
  }

  protected render(): JSX.Element | null {
    const { current } = this._tracker;
    if (!current?.report) {
      return null;
    }
    const { message, state: checked } = current.report.verdict;
    const isOld = current.isOutdated;
    const state = isOld ? 'unknown' : checked;
    return React.createElement(
      'button',
      {
        type: 'button',
        className: `jp-Prodready-statusButton jp-mod-${state}`,
        title: isOld
          ? this._trans.__('Before the last change: %1', message)
          : message,
        'data-state': state,
        onClick: this._show
      },
      React.createElement(Glyph, { name: verdictGlyph(state) }),
      React.createElement(
        'span',
        null,
        isOld
          ? this._trans.__('Changed since the check')
          : verdictWords(state, this._trans)
      )
    );
  }
}
