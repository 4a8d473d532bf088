/** Which notebook the panel speaks of, and the model of every open notebook. */
import type { Cell, ICodeCellModel } from '@jupyterlab/cells';
import {
  NotebookActions,
  type INotebookTracker,
  type KernelError,
  type Notebook,
  type NotebookPanel
} from '@jupyterlab/notebook';
import type { IDisposable } from '@lumino/disposable';
import { Signal, type ISignal } from '@lumino/signaling';

import type { IApi } from './api';
import { pageView, type IPageView } from './execute';
import type { NotebookContext } from './live';
import { ReadinessModel } from './model';
import { rangesOf } from './ranges';
import type { IFinding, IFix, IPlace, LineRange } from './tokens';

export class ReadinessTracker implements IDisposable {
  constructor(
    private readonly _notebooks: INotebookTracker,
    private readonly _api: IApi,
    private readonly _activate: (id: string) => void
  ) {
    _notebooks.widgetAdded.connect(this._onAdded, this);
    _notebooks.currentChanged.connect(this._onCurrentChanged, this);
    _notebooks.activeCellChanged.connect(this._emit, this);
    NotebookActions.executionScheduled.connect(this._onScheduled, this);
    NotebookActions.executed.connect(this._onExecuted, this);
    _notebooks.forEach(panel => this._onAdded(_notebooks, panel));
  }

  /** Emitted when the current notebook, its active cell or its model changed. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  /** Emitted for every model once it exists. */
  get modelAdded(): ISignal<this, ReadinessModel> {
    return this._modelAdded;
  }

  /** The notebook that was used last; null where none is open. */
  get currentPanel(): NotebookPanel | null {
    return this._notebooks.currentWidget;
  }

  /** The model of the current notebook; null while it loads. */
  get current(): ReadinessModel | null {
    const context = this.currentPanel?.context;
    return (context && this._models.get(context)) ?? null;
  }

  get activeCellId(): string | null {
    return this._notebooks.activeCell?.model.id ?? null;
  }

  /** Ids of the selected cells of the current notebook, in page order. */
  get selection(): string[] {
    const notebook = this.currentPanel?.content;
    return (notebook?.widgets ?? [])
      .filter(cell => notebook?.isSelectedOrActive(cell))
      .map(cell => cell.model.id);
  }

  /** Lines of a cell in which text is selected, in order; some ranges by several cursors. */
  linesOf(cellId: string | null): LineRange[] {
    const cells = this.currentPanel?.content.widgets ?? [];
    const cell = cells.find(cell => cell.model.id === cellId);
    return rangesOf(cell?.editor?.getSelections() ?? []);
  }

  /** The cell of the current notebook that is shown by this node. */
  cellIdOf(node: HTMLElement | undefined): string | null {
    const cells = this.currentPanel?.content.widgets ?? [];
    return cells.find(cell => cell.node === node)?.model.id ?? null;
  }

  /** All views of a notebook. */
  viewsOf(model: ReadinessModel): NotebookPanel[] {
    return this._notebooks.filter(panel => panel.context === model.context);
  }

  /** The view that was used last, if it is one of this notebook; else its first. */
  viewOf(model: ReadinessModel): NotebookPanel | null {
    const views = this.viewsOf(model);
    return views.find(view => view === this.currentPanel) ?? views[0] ?? null;
  }

  get models(): readonly ReadinessModel[] {
    return [...this._models.values()];
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    this._isDisposed = true;
    this.models.forEach(model => model.dispose());
    Signal.clearData(this);
  }

  /** Check without being asked. */
  set autoCheck(value: boolean) {
    this._autoCheck = value;
    this.wake();
    this._emit();
  }

  /** Whether something of a visible notebook is shown outside of the panel. */
  get hasMarks(): boolean {
    return this._hasMarks;
  }
  set hasMarks(value: boolean) {
    this._hasMarks = value;
    this.wake();
    this._emit();
  }

  set isPanelVisible(value: boolean) {
    this._isPanelVisible = value;
    this.wake();
  }

  /** Lets every model that is looked at catch up. */
  wake(): void {
    this.models.forEach(model => model.wake());
  }

  /** Makes a cell of the current notebook the active one. */
  select(cellId: string): void {
    const notebook = this.currentPanel?.content;
    const index = notebook?.widgets.findIndex(cell => cell.model.id === cellId);
    if (notebook && index !== undefined && index >= 0) {
      notebook.activeCellIndex = index;
    }
  }

  /** Shows a line of a cell, of the current notebook where none is said. */
  async jump(
    place: IPlace,
    model: ReadinessModel | null = this.current
  ): Promise<void> {
    const panel = model && this.viewOf(model);
    const index = panel?.content.widgets.findIndex(
      cell => cell.model.id === place.cellId
    );
    if (!panel || index === undefined || index < 0) {
      return;
    }
    this._activate(panel.id);
    const { content } = panel;
    content.deselectAll();
    content.mode = 'command';
    content.activeCellIndex = index;
    const cell = content.widgets[index];
    await content.scrollToCell(cell, 'auto');
    await cell.ready;
    if (!cell.isDisposed) {
      cell.editor?.setCursorPosition({ line: place.line - 1, column: 0 });
      flash(cell);
    }
  }

  /** Starts a fix in the notebook's view, the current one where it has several. */
  async fix(
    model: ReadinessModel,
    finding: IFinding,
    fix: IFix
  ): Promise<void> {
    const view = this._pageView(model);
    if (view) {
      await model.fix.start(finding, fix, view);
    }
  }

  private _pageView(model: ReadinessModel): IPageView | null {
    const panel = this.viewOf(model);
    return panel && pageView(panel, place => this.jump(place, model));
  }

  private _onAdded(sender: INotebookTracker, panel: NotebookPanel): void {
    void this._follow(panel.context);
  }

  private async _follow(context: NotebookContext): Promise<void> {
    await context.ready;
    if (context.isDisposed || this._models.has(context)) {
      return;
    }
    const model: ReadinessModel = new ReadinessModel(
      context,
      this._api,
      () => this._isWatched(model),
      () => this._autoCheck && this._isInPanel(model)
    );
    model.view = () => this._pageView(model);
    this._models.set(context, model);
    context.disposed.connect(() => {
      this._models.delete(context);
      model.dispose();
      this._emit();
    });
    model.changed.connect(this._onModelChanged, this);
    this._modelAdded.emit(model);
    this._emit();
    model.wake();
    await Promise.all([
      model.verification.resume(),
      model.extraction.installing.resume('install', model.context.localPath),
      model.unfinished.look()
    ]);
  }

  private _isWatched(model: ReadinessModel): boolean {
    if (!this._autoCheck) {
      return false;
    }
    const isVisible = () => this.viewsOf(model).some(view => view.isVisible);
    return this._isInPanel(model) || (this._hasMarks && isVisible());
  }

  private _isInPanel(model: ReadinessModel): boolean {
    return this._isPanelVisible && model === this.current;
  }

  private _onScheduled(
    sender: unknown,
    args: { notebook: Notebook; cell: Cell }
  ): void {
    const { id, sharedModel, type } = args.cell.model;
    if (type === 'code') {
      const source = sharedModel.getSource();
      this._modelOf(args.notebook)?.runs.scheduled(id, source);
    }
  }

  private _onExecuted(
    sender: unknown,
    args: {
      notebook: Notebook;
      cell: Cell;
      success: boolean;
      error?: KernelError | null;
    }
  ): void {
    const model = this._modelOf(args.notebook);
    if (!model || args.cell.model.type !== 'code') {
      return;
    }
    model.runs.executed(args.cell.model.id, {
      success: args.success,
      skipped: !args.success && args.error?.errorName === undefined,
      count: (args.cell.model as ICodeCellModel).executionCount
    });
    model.noteRun();
  }

  private _modelOf(notebook: Notebook): ReadinessModel | null {
    const panel = this._notebooks.find(panel => panel.content === notebook);
    return (panel && this._models.get(panel.context)) ?? null;
  }

  private _onCurrentChanged(): void {
    this._emit();
    this.wake();
  }

  private _onModelChanged(model: ReadinessModel): void {
    if (model === this.current) {
      this._emit();
    }
  }

  private _emit(): void {
    this._changed.emit(undefined);
  }

  private _changed = new Signal<this, void>(this);
  private _modelAdded = new Signal<this, ReadinessModel>(this);
  private _models = new Map<NotebookContext, ReadinessModel>();
  private _autoCheck = true;
  private _hasMarks = true;
  private _isPanelVisible = false;
  private _isDisposed = false;
}

/** Draws the eye to a cell for a moment. */
function flash(cell: Cell): void {
  cell.removeClass('jp-Prodready-flash');
  window.requestAnimationFrame(() => cell.addClass('jp-Prodready-flash'));
  window.setTimeout(() => cell.removeClass('jp-Prodready-flash'), 1200);
}
