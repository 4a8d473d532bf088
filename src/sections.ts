/** A page that is split at its headings: which of its sections move. */
import type { ILiveCell, ISection, IStep } from './tokens';

/** Remembers those that are left: no plan has them. */
export class Sections {
  /** In the order of the page. */
  get all(): readonly ISection[] {
    return [...this._steps].map(([module, functions]) => ({
      heading: functions[0].heading,
      module,
      functions,
      moves: !this._left.has(module)
    }));
  }

  /** What a plan moves; modules of sections that it does not move stay as they were. */
  planned(steps: readonly IStep[]): void {
    const modules = new Set(steps.map(({ module }) => module));
    if (this._left.size === 0) {
      this._steps.clear();
    }
    modules.forEach(module =>
      this._steps.set(
        module,
        steps.filter(step => step.module === module)
      )
    );
  }

  tick(module: string, moves: boolean): void {
    if (moves) {
      this._left.delete(module);
    } else {
      this._left.add(module);
    }
  }

  /** Ids of the cells that may move; empty for all. */
  selection(cells: readonly ILiveCell[]): readonly string[] {
    const staying = new Set(
      [...this._left].flatMap(module =>
        (this._steps.get(module) ?? []).flatMap(step => step.cells)
      )
    );
    const code = cells.filter(({ type }) => type === 'code');
    return staying.size === 0
      ? []
      : code.map(({ id }) => id).filter(id => !staying.has(id));
  }

  private readonly _steps = new Map<string, readonly IStep[]>();
  private readonly _left = new Set<string>();
}

/** How many headings have code below them. */
export function countSections(cells: readonly ILiveCell[]): number {
  let isBelow = false;
  let count = 0;
  for (const { source, type } of cells) {
    if (type === 'markdown' && HEADING.test(source)) {
      isBelow = true;
    } else if (type === 'code' && isBelow && source.trim()) {
      count += 1;
      isBelow = false;
    }
  }
  return count;
}

const HEADING = /^ {0,3}#{1,6}\s+\S/m;
