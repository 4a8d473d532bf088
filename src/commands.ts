/** The commands of the palette, the context menu and the keyboard. */
import { Notification } from '@jupyterlab/apputils';
import type { TranslationBundle } from '@jupyterlab/translation';
import type { CommandRegistry } from '@lumino/commands';

import { extractIcon, readinessIcon } from './icon';
import type { ReadinessModel } from './model';
import { findingsAt } from './offers';
import {
  CommandIDs,
  type IExtraction,
  type IFinding,
  type IFix
} from './tokens';
import type { ReadinessTracker } from './tracker';
import type { IPart } from './verification';

export interface ICommandOptions {
  readonly commands: CommandRegistry;
  readonly tracker: ReadinessTracker;
  readonly trans: TranslationBundle;
  readonly showPanel: () => void;
  /** Shows the panel and puts the focus into it. */
  readonly enterPanel: () => void;
  readonly openFile: (path: string) => void;
  /** The cell whose context menu is open or was clicked. */
  readonly cellOfMenu: () => string | null;
}

/** Adds them all; every one but `show` needs an open notebook. */
export function addCommands(options: ICommandOptions): void {
  const { commands, enterPanel, showPanel, tracker, trans } = options;
  commands.addCommand(CommandIDs.show, {
    label: trans.__('Show Production Readiness'),
    icon: readinessIcon,
    describedBy: { args: NO_ARGS },
    execute: enterPanel
  });
  const add = (
    id: string,
    label: string,
    run: (model: ReadinessModel) => Promise<void>
  ) =>
    commands.addCommand(id, {
      label,
      describedBy: { args: NO_ARGS },
      isEnabled: () => tracker.current !== null,
      execute: async () => {
        if (tracker.current) {
          await run(tracker.current);
        }
      }
    });
  const inPanel =
    (run: (model: ReadinessModel) => Promise<void>) =>
    (model: ReadinessModel) => {
      showPanel();
      return run(model);
    };
  add(CommandIDs.check, trans.__('Check Notebook Now'), model =>
    model.refresh()
  );
  add(CommandIDs.next, trans.__('Jump to Next Problem'), model =>
    jumpToNext(model, tracker)
  );
  commands.addCommand(CommandIDs.fix, fixCommand(options));
  commands.addCommand(
    CommandIDs.verifyUntil,
    partCommand(options, trans.__('Verify up to Here'), until => ({ until }))
  );
  commands.addCommand(
    CommandIDs.verifyNeeded,
    partCommand(
      options,
      trans.__('Verify Only What This Cell Needs'),
      only => ({
        only
      })
    )
  );
  add(
    CommandIDs.verify,
    trans.__('Restart and Verify a Copy'),
    inPanel(model => model.verification.start())
  );
  add(
    CommandIDs.restart,
    trans.__('Restart Kernel and Run All, Forecast First'),
    inPanel(model => model.restart.ask())
  );
  commands.addCommand(CommandIDs.extract, extractCommand(options));
  commands.addCommand(CommandIDs.extractLines, linesCommand(options));
  add(
    CommandIDs.split,
    trans.__('Split Notebook at Its Headings into Modules…'),
    model => model.extraction.open([], { split: true })
  );
}

/** Verifies a part of the page: what it is depends on the cell of the menu, or the active one. */
function partCommand(
  options: ICommandOptions,
  label: string,
  partOf: (cellId: string) => IPart
): CommandRegistry.ICommandOptions {
  const { cellOfMenu, showPanel, tracker } = options;
  const askedFor = ({ inMenu }: ICellArgs) => {
    const id = inMenu ? cellOfMenu() : tracker.activeCellId;
    const cell = tracker.current?.cells().find(cell => cell.id === id);
    return cell?.type === 'code' ? cell.id : null;
  };
  return {
    label,
    describedBy: CELL_ARGS,
    isEnabled: (args: ICellArgs) => askedFor(args) !== null,
    execute: async (args: ICellArgs) => {
      const id = askedFor(args);
      if (id) {
        showPanel();
        await tracker.current?.verification.start(partOf(id));
      }
    }
  };
}

/**
 * Opens the sheet for the selected cells. In the menu of a cell that is not among them it
 * is for that cell: a click with the right button selects nothing.
 */
function extractCommand(
  options: ICommandOptions
): CommandRegistry.ICommandOptions {
  const { cellOfMenu, tracker, trans } = options;
  return {
    label: trans.__('Extract Selected Cells to Module…'),
    icon: extractIcon,
    describedBy: CELL_ARGS,
    isEnabled: () => tracker.current !== null,
    execute: async ({ inMenu }: ICellArgs) => {
      const cellId = inMenu ? cellOfMenu() : null;
      const { selection } = tracker;
      const isOther = cellId !== null && !selection.includes(cellId);
      await tracker.current?.extraction.open(isOther ? [cellId] : selection);
    }
  };
}

/**
 * Opens the sheet for the lines that are selected in one cell; several cursors select the
 * same code in several places. The menu of a cell has it only where text is selected in it.
 */
function linesCommand(
  options: ICommandOptions
): CommandRegistry.ICommandOptions {
  const { cellOfMenu, tracker, trans } = options;
  const askedFor = ({ inMenu }: ICellArgs) => {
    const cellId = inMenu ? cellOfMenu() : tracker.activeCellId;
    const ranges = tracker.linesOf(cellId);
    return cellId !== null && ranges.length > 0 ? { cellId, ranges } : null;
  };
  return {
    label: trans.__('Extract Selected Lines to Module…'),
    icon: extractIcon,
    describedBy: CELL_ARGS,
    isEnabled: (args: ICellArgs) =>
      tracker.current !== null && askedFor(args) !== null,
    isVisible: (args: ICellArgs) => !args.inMenu || askedFor(args) !== null,
    execute: async (args: ICellArgs) => {
      const asked = askedFor(args);
      if (asked) {
        const lines = { [asked.cellId]: asked.ranges };
        await tracker.current?.extraction.open([asked.cellId], { lines });
      }
    }
  };
}

const CELL_ARGS = {
  args: { type: 'object', properties: { inMenu: { type: 'boolean' } } }
};

const NO_ARGS = { type: 'object', properties: {} };

/**
 * The main fix of the active cell. In the menu of a cell it is that cell's, called by what
 * it does, for some run at once; a cell without one has no such entry.
 */
function fixCommand(options: ICommandOptions): CommandRegistry.ICommandOptions {
  const { cellOfMenu, showPanel, tracker, trans } = options;
  const offerFor = ({ inMenu }: ICellArgs) => {
    const model = tracker.current;
    const cellId = inMenu ? cellOfMenu() : tracker.activeCellId;
    const found = model && fixAt(model, cellId);
    return found && { model, ...found };
  };
  return {
    label: (args: ICellArgs) => {
      const offer = args.inMenu ? offerFor(args) : null;
      return offer
        ? menuLabel(offer.fix, trans)
        : trans.__('Fix Problem of This Cell');
    },
    describedBy: CELL_ARGS,
    isEnabled: () => tracker.current !== null,
    isVisible: (args: ICellArgs) => !args.inMenu || offerFor(args) !== null,
    execute: async (args: ICellArgs) => {
      showPanel();
      const offer = offerFor(args);
      if (offer) {
        await tracker.fix(offer.model, offer.finding, offer.fix);
      }
    }
  };
}

interface ICellArgs {
  /** Asked from the context menu of a cell. */
  readonly inMenu?: boolean;
}

/** An ellipsis where something is shown or asked before anything happens. */
function menuLabel(fix: IFix, trans: TranslationBundle): string {
  const title = fix.title.replace(/`/g, '');
  return fix.run.length > 0
    ? trans.__('Fix: %1', title)
    : trans.__('Fix: %1…', title);
}

/** Goes to the next certain finding below the active cell, from the top again at the end. */
async function jumpToNext(
  model: ReadinessModel,
  tracker: ReadinessTracker
): Promise<void> {
  const findings = model.report?.findings ?? [];
  const certain = findings.filter(finding => finding.certain);
  const active = tracker.activeCellId;
  const here = model.cells().findIndex(cell => cell.id === active);
  const next = nextFinding(certain.length > 0 ? certain : findings, here);
  if (next) {
    await tracker.jump({ cellId: next.cell_id, line: next.line });
  }
}

/** The first finding of a cell below `index`, else the first of all. */
export function nextFinding(
  findings: readonly IFinding[],
  index: number
): IFinding | null {
  const sorted = [...findings].sort(
    (a, b) => a.cell_index - b.cell_index || a.line - b.line
  );
  return (
    sorted.find(({ cell_index }) => cell_index > index) ?? sorted[0] ?? null
  );
}

/** The first fix that can be made for a cell: of its own findings, then where it is affected. */
export function fixAt(
  model: Pick<ReadinessModel, 'report' | 'fix'>,
  cellId: string | null
): { readonly finding: IFinding; readonly fix: IFix } | null {
  const offers = findingsAt(model.report, cellId).flatMap(finding =>
    finding.fixes.map(fix => ({ finding, fix }))
  );
  return offers.find(({ fix }) => !model.fix.obstacleOf(fix)) ?? null;
}

/** Tells that an extraction was applied, with the way to the file and the way back. */
export function notifyExtraction(
  model: ReadinessModel,
  extraction: IExtraction,
  options: ICommandOptions
): void {
  const { openFile, showPanel, trans } = options;
  const { function: name, module, steps } = extraction;
  Notification.success(
    steps.length > 0
      ? trans.__('Moved %1 functions to %2', steps.length, module)
      : trans.__('Moved %1 to %2', name, module),
    {
      autoClose: 10000,
      actions: [
        {
          label: trans.__('Open'),
          callback: () => openFile(steps[0]?.module ?? module)
        },
        {
          label: trans.__('Undo'),
          callback: () => void model.extraction.undo()
        },
        {
          label: trans.__('Verify'),
          caption: trans.__('Runs a copy. Your kernel and variables stay.'),
          callback: () => {
            showPanel();
            void model.verification.start();
          }
        }
      ]
    }
  );
}

/** Tells what an undo did not take back; it stays until it was read. */
export function notifyLeft(words: string): void {
  Notification.info(words.replace(/`/g, ''), { autoClose: false });
}
