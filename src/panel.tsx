/** The side panel: follows the current notebook and shows its model. */
import { PathExt } from '@jupyterlab/coreutils';
import type { IRenderMimeRegistry } from '@jupyterlab/rendermime';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import React from 'react';

import { OtherRuns } from './components/other-runs';
import type { IRepairProps } from './components/repairs';
import type { IDrawnOutputs, IReviewProps } from './components/review';
import { ReadinessView, type INotebookView } from './components/view';
import { pageView } from './execute';
import {
  extractProps,
  installProps,
  unfinishedProps,
  type IExtractAreaOptions
} from './extract-area';
import { readinessIcon } from './icon';
import type { JobList } from './job-list';
import type { ReadinessModel } from './model';
import { findingsAt } from './offers';
import { renderOutputs } from './render';
import { countSections } from './sections';
import { PANEL_ID, type IFinding, type IPlace } from './tokens';

export interface IPanelOptions extends IExtractAreaOptions {
  readonly jobs: JobList;
  readonly rendermime: IRenderMimeRegistry;
  /** Extractions stand here, where there is no room for tabs beside the notebook. */
  readonly sheetInPanel: boolean;
}

export class ReadinessPanel extends ReactWidget {
  constructor(private readonly _options: IPanelOptions) {
    super();
    const { tracker, trans } = _options;
    this.id = PANEL_ID;
    this.title.icon = readinessIcon;
    this.title.caption = trans.__('Production readiness');
    this.node.setAttribute('role', 'region');
    this.node.setAttribute('aria-label', trans.__('Production readiness'));
    this.node.tabIndex = -1;
    this.addClass('jp-Prodready');
    tracker.changed.connect(this.update, this);
    _options.jobs.changed.connect(this.update, this);
  }

  /** Puts the focus into the panel, for who goes on by keyboard. */
  enter(): void {
    this.node.focus();
  }

  /** Leads to the row that says why this cell has its mark. */
  reveal(cellId: string): void {
    const report = this._options.tracker.current?.fix.report;
    this._sought = findingsAt(report ?? null, cellId)[0] ?? null;
    this.update();
  }

  protected render(): JSX.Element {
    const { jobs, openFile, tracker, trans } = this._options;
    const model = tracker.current;
    return (
      <>
        <ReadinessView
          // a fold that is open belongs to its notebook
          key={model?.context.path ?? ''}
          trans={trans}
          notebook={model && this._notebookView(model)}
        />
        <OtherRuns
          trans={trans}
          jobs={jobs.jobs.filter(job => job.path !== model?.context.localPath)}
          open={openFile}
          remove={id => void jobs.remove(id)}
        />
      </>
    );
  }

  protected onAfterShow(msg: Message): void {
    super.onAfterShow(msg);
    this._options.tracker.isPanelVisible = true;
    void this._options.jobs.refresh();
    this.update();
  }

  protected onAfterHide(msg: Message): void {
    super.onAfterHide(msg);
    this._options.tracker.isPanelVisible = false;
  }

  private _notebookView(model: ReadinessModel): INotebookView {
    const { context } = model;
    const { sheetInPanel, trans } = this._options;
    return {
      name: PathExt.basename(context.localPath),
      path: context.localPath,
      report: model.report,
      problems: model.fix.report,
      problem: model.problem,
      isBetween: model.isBetween,
      isOutdated: model.isOutdated,
      rows: this._rowContext(model),
      verify: this._verifyProps(model),
      restart: this._restartProps(model),
      extract: sheetInPanel ? extractProps(model, this._options) : null,
      suggestions: this._suggestionsProps(model),
      unfinished: unfinishedProps(model, trans),
      install: installProps(model, trans),
      check: () => void model.refresh()
    };
  }

  private _rowContext(model: ReadinessModel): INotebookView['rows'] {
    const { tracker, trans } = this._options;
    const cells = new Map(model.cells().map(cell => [cell.id, cell]));
    return {
      trans,
      activeCellId: tracker.activeCellId,
      nameOf: id => model.nameOf(id),
      sourceOf: id => cells.get(id)?.source ?? '',
      explain: check => this._explain(model, check),
      jump: this._jump,
      sought: this._sought,
      found: () => {
        this._sought = null;
        this.update();
      },
      fix: this._fixProps(model)
    };
  }

  private _fixProps(model: ReadinessModel): INotebookView['rows']['fix'] {
    const { tracker, trans } = this._options;
    const { fix: sheet } = model;
    return {
      trans,
      state: sheet.state,
      obstacleOf: fix => sheet.obstacleOf(fix),
      start: (finding, fix) => void tracker.fix(model, finding, fix),
      apply: () => void sheet.apply(),
      undo: () => void sheet.undo(),
      interrupt: () => void sheet.interrupt(),
      close: () => sheet.close(),
      jump: this._jump
    };
  }

  private _verifyProps(model: ReadinessModel): INotebookView['verify'] {
    const { verification } = model;
    return {
      trans: this._options.trans,
      state: verification.state,
      nameOf: id => model.nameOf(id),
      jump: this._jump,
      repair: this._repairProps(model),
      review: this._reviewProps(model),
      start: () => void verification.start(),
      confirm: () => void verification.confirm(),
      confirmMemory: () => void verification.confirmMemory(),
      skip: () => void verification.skip(),
      dismiss: () => verification.dismiss(),
      cancel: () => void verification.cancel()
    };
  }

  private _repairProps(model: ReadinessModel): IRepairProps {
    const { repair } = model;
    return {
      trans: this._options.trans,
      state: repair.state,
      canApply: repair.canApply,
      applyRepair: id => void repair.apply(id),
      undo: () => void repair.undo(),
      close: () => repair.close()
    };
  }

  private _reviewProps(model: ReadinessModel): IReviewProps {
    const { review } = model;
    return {
      trans: this._options.trans,
      compare: id => this._drawn(model, id),
      pageKeyOf: id => review.pageKeyOf(id),
      useOutputs: id => void review.useOutputs(id),
      markNoisy: id => void review.markNoisy(id),
      undo: id => review.undo(id),
      noteOf: id => review.noteOf(id),
      isNoisy: id => review.isNoisy(id)
    };
  }

  private async _drawn(
    model: ReadinessModel,
    cellId: string
  ): Promise<IDrawnOutputs> {
    const { rendermime, trans } = this._options;
    const { fresh, isWhole, page } = await model.review.compare(cellId);
    return {
      page: await renderOutputs(page, rendermime, trans),
      fresh: await renderOutputs(fresh, rendermime, trans),
      isWhole
    };
  }

  private _restartProps(model: ReadinessModel): INotebookView['restart'] {
    const { tracker, trans } = this._options;
    const { restart } = model;
    return {
      trans,
      state: restart.state,
      hasKernel: Boolean(model.context.sessionContext.session?.kernel),
      jump: this._jump,
      ask: () => void restart.ask(),
      run: () => {
        const panel = tracker.currentPanel;
        if (panel) {
          void restart.run(pageView(panel, place => tracker.jump(place)));
        }
      },
      bringBack: () => void restart.bringBack(),
      undoBringBack: () => void restart.undoBringBack(),
      stop: () => restart.stop(),
      dismiss: () => restart.dismiss()
    };
  }

  private _suggestionsProps(
    model: ReadinessModel
  ): INotebookView['suggestions'] {
    return {
      trans: this._options.trans,
      found: model.suggestions.found,
      nameOf: id => model.nameOf(id),
      jump: this._jump,
      sections: countSections(model.cells()),
      split: () => void model.extraction.open([], { split: true }),
      extract: ({ cells, function: name, kind, module }) =>
        // definitions keep the names that they have
        void model.extraction.open(
          cells,
          kind === 'definitions' ? { module } : { module, name }
        )
    };
  }

  /** The page of a check, rendered and sanitised as the untrusted text it is. */
  private async _explain(
    model: ReadinessModel,
    check: string
  ): Promise<HTMLElement> {
    const { rendermime } = this._options;
    const { page } = await model.api.page(check);
    const renderer = rendermime.createRenderer('text/markdown');
    await renderer.renderModel(
      rendermime.createModel({
        data: { 'text/markdown': page },
        trusted: false
      })
    );
    renderer.dispose(); // the node stays
    return renderer.node;
  }

  private _sought: IFinding | null = null;

  private _jump = (place: IPlace): void => {
    void this._options.tracker.jump(place);
  };
}
