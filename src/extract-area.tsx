/** The sheet of an extraction: a tab of the main area, one for each notebook. */
import type { ILabShell } from '@jupyterlab/application';
import { MainAreaWidget } from '@jupyterlab/apputils';
import { PathExt } from '@jupyterlab/coreutils';
import type { TranslationBundle } from '@jupyterlab/translation';
import { ReactWidget } from '@jupyterlab/ui-components';
import type { Message } from '@lumino/messaging';
import React from 'react';

import { ExtractSheetView } from './components/extract';
import type { IExtractProps } from './components/extract-props';
import type { IInstallRunProps } from './components/install';
import type { IUnfinishedProps } from './components/unfinished';
import { extractIcon } from './icon';
import type { ReadinessModel } from './model';
import { idleKernel } from './setup-run';
import type { ICellName } from './tokens';
import type { ReadinessTracker } from './tracker';

export interface IExtractAreaOptions {
  readonly tracker: ReadinessTracker;
  readonly trans: TranslationBundle;
  readonly openFile: (path: string) => void;
  readonly showPanel: () => void;
}

/** Opens a tab beside the notebook whenever its sheet opens. */
export class ExtractAreas {
  constructor(
    private readonly _shell: ILabShell,
    private readonly _options: IExtractAreaOptions
  ) {
    const { tracker } = _options;
    tracker.models.forEach(model => this._follow(tracker, model));
    tracker.modelAdded.connect(this._follow, this);
  }

  private _follow(sender: ReadinessTracker, model: ReadinessModel): void {
    model.extraction.opened.connect(() => this._open(model));
    model.extraction.changed.connect(() => this._closeWith(model));
    model.context.disposed.connect(() => this._areas.get(model)?.dispose());
  }

  private _open(model: ReadinessModel): void {
    const area = this._areas.get(model) ?? this._add(model);
    this._shell.activateById(area.id);
  }

  private _add(model: ReadinessModel): MainAreaWidget<ExtractWidget> {
    const content = new ExtractWidget(model, this._options);
    const area = new MainAreaWidget({ content });
    area.toolbar.hide(); // it is empty
    this._areas.set(model, area);
    area.disposed.connect(() => {
      this._areas.delete(model);
      this._left(model);
    });
    const ref = this._options.tracker.viewOf(model)?.id;
    this._shell.add(area, 'main', { ref, mode: 'tab-after' });
    return area;
  }

  /** The tab was closed, by whatever way. */
  private _left(model: ReadinessModel): void {
    if (!model.isDisposed) {
      model.extraction.close();
      const view = this._options.tracker.viewOf(model);
      if (view) {
        this._shell.activateById(view.id);
      }
    }
  }

  private _closeWith(model: ReadinessModel): void {
    if (!model.extraction.state) {
      this._areas.get(model)?.dispose();
    }
  }

  private readonly _areas = new Map<
    ReadinessModel,
    MainAreaWidget<ExtractWidget>
  >();
}

class ExtractWidget extends ReactWidget {
  constructor(
    private readonly _model: ReadinessModel,
    private readonly _options: IExtractAreaOptions
  ) {
    super();
    const { trans } = _options;
    this.id = `jupyter-prodready-extract-${_model.context.localPath}`;
    this.title.icon = extractIcon;
    this.title.closable = true;
    this.node.tabIndex = -1;
    this.addClass('jp-Prodready');
    this.addClass('jp-Prodready-extractArea');
    const setLabel = () => {
      const name = PathExt.basename(_model.context.localPath);
      this.title.label = trans.__('Extract from %1', name);
      this.title.caption = this.title.label;
    };
    setLabel();
    _model.context.pathChanged.connect(setLabel, this);
    _model.changed.connect(this.update, this);
    _model.context.sessionContext.statusChanged.connect(this.update, this);
    this.node.addEventListener('keydown', event => {
      if (event.key === 'Escape' && !event.defaultPrevented) {
        _model.extraction.close();
      }
    });
  }

  protected render(): JSX.Element | null {
    const props = extractProps(this._model, this._options);
    return props && <ExtractSheetView {...props} />;
  }

  protected onActivateRequest(msg: Message): void {
    super.onActivateRequest(msg);
    void this._focusFirst();
  }

  /** What had the focus may be gone: the keyboard stays in the sheet. */
  protected onUpdateRequest(msg: Message): void {
    const hadFocus = this.node.contains(document.activeElement);
    super.onUpdateRequest(msg);
    void this.renderPromise?.then(() => {
      if (hadFocus && document.activeElement === document.body) {
        this.node.focus();
      }
    });
  }

  private async _focusFirst(): Promise<void> {
    await this.renderPromise;
    const { activeElement } = document;
    if (activeElement === this.node || !this.node.contains(activeElement)) {
      (this.node.querySelector('input') ?? this.node).focus();
    }
  }
}

/** What the sheet shows of this notebook; null while it is closed. */
export function extractProps(
  model: ReadinessModel,
  options: IExtractAreaOptions
): IExtractProps | null {
  const { openFile, showPanel, tracker, trans } = options;
  const { extraction } = model;
  return (
    extraction.state && {
      trans,
      state: extraction.state,
      nameOf: id => model.nameOf(id),
      jump: place => void tracker.jump(place, model),
      type: fields => extraction.type(fields),
      tick: change => void extraction.tick(change),
      tickSection: (module, moves) =>
        void extraction.tickSection(module, moves),
      tickSetup: runsSetup => extraction.tickSetup(runsSetup),
      hasIdleKernel: idleKernel(model.context) !== null,
      preview: () => void extraction.preview(),
      prove: () => void extraction.prove(),
      proveAnew: () => void extraction.prove(true),
      confirmProof: () => void extraction.proof.confirm(),
      confirmProofMemory: () => void extraction.proof.confirmMemory(),
      dismissProof: () => extraction.proof.dismiss(),
      install: () => void extraction.install(),
      cancelInstall: () => void extraction.installing.cancel(),
      cancelProof: () => void extraction.proof.cancel(),
      apply: () => void extraction.apply(),
      remedy: action => void extraction.remedy(action),
      undo: () => void extraction.undo(),
      openModule: openFile,
      verify: () => {
        showPanel();
        void model.verification.start();
      },
      close: () => extraction.close(),
      differs: differenceOf(model, extraction.state.cells, tracker),
      unfinished: unfinishedProps(model, trans)
    }
  );
}

/** The first finding about these cells that running some mends. */
export function differenceOf(
  model: ReadinessModel,
  cells: readonly ICellName[],
  tracker: ReadinessTracker
): IExtractProps['differs'] {
  const ids = cells.map(({ id }) => id);
  for (const finding of model.report?.findings ?? []) {
    const fix = finding.fixes.find(({ kind }) => kind === 'run-cells');
    if (fix && ids.includes(finding.cell_id)) {
      const run = () => void tracker.fix(model, finding, fix);
      return { message: finding.message, label: fix.title, run };
    }
  }
  return null;
}

/** The install whose sheet is closed; null where there is none. */
export function installProps(
  { extraction }: ReadinessModel,
  trans: TranslationBundle
): IInstallRunProps | null {
  const { installing } = extraction;
  return extraction.state || installing.state.phase === 'idle'
    ? null
    : {
        trans,
        run: installing.state,
        cancel: () => void installing.cancel(),
        dismiss: () => installing.dismiss()
      };
}

/** What was interrupted on this page; null where nothing was. */
export function unfinishedProps(
  { unfinished }: ReadinessModel,
  trans: TranslationBundle
): IUnfinishedProps | null {
  return (
    unfinished.state && {
      trans,
      state: unfinished.state,
      finish: () => void unfinished.finish(),
      undo: () => void unfinished.undo(),
      dismiss: () => unfinished.dismiss()
    }
  );
}
