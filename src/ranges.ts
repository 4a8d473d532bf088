/** Lines of a cell in which text is selected. */
import type { LineRange } from './tokens';

/** A place in a text; line and column count from 0. */
interface IPlaceInText {
  readonly line: number;
  readonly column: number;
}

interface ISelected {
  readonly start: IPlaceInText;
  readonly end: IPlaceInText;
}

/** Whole lines that hold what is selected; what is only a cursor selects nothing. */
export function rangesOf(selections: readonly ISelected[]): LineRange[] {
  const ranges = selections
    .filter(({ start, end }) => !isSamePlace(start, end))
    .map(({ start, end }) => [start.line + 1, lastLine(start, end)])
    .sort((a, b) => a[0] - b[0]);
  return ranges.reduce<number[][]>((joined, [first, last]) => {
    const above = joined[joined.length - 1];
    if (above && first <= above[1]) {
      above[1] = Math.max(above[1], last);
    } else {
      joined.push([first, last]);
    }
    return joined;
  }, []);
}

function isSamePlace(a: IPlaceInText, b: IPlaceInText): boolean {
  return a.line === b.line && a.column === b.column;
}

/** A selection that ends in front of a line's first character does not hold that line. */
function lastLine(start: IPlaceInText, end: IPlaceInText): number {
  return end.column === 0 && end.line > start.line ? end.line : end.line + 1;
}
