/** The line of a cell in which its run failed, read off IPython's traceback. */

const UNPARSABLE = /^ *(?:Syntax|Indentation|Tab|_IncompleteInput)Error:/m;

/**
 * The line of the cell itself, whatever it called: 1-based, in the source as it stands
 * in the cell. Null for other kernels and where the traceback does not tell. A cell that
 * does not parse fails at its first line, for nothing of it ran.
 */
export function errorLine(
  traceback: readonly string[],
  count: number | null,
  source: string
): number | null {
  // eslint-disable-next-line no-control-regex -- colours are control sequences
  const plain = traceback.join('\n').replace(/\u001b\[[0-9;]*m/g, '');
  if (count === null || !plain) {
    return null;
  }
  if (UNPARSABLE.test(plain) && !plain.includes('Traceback')) {
    return 1;
  }
  const { magic, shift } = startOf(source);
  const inside = magic ? insideMagic(plain, count) : null;
  if (inside !== null) {
    return inside + shift;
  }
  const outer = ownLine(plain, count);
  return outer === null ? null : outer + (magic ? magic - 1 : shift);
}

/** Code in a cell magic is run as `<timed exec>`, or as a cell with the next count. */
function insideMagic(plain: string, count: number): number | null {
  const timed =
    /<timed exec>:(\d+)|<timed exec> in <module>[^]*?-+> (\d+)/.exec(plain);
  return timed ? Number(timed[1] ?? timed[2]) : ownLine(plain, count + 1);
}

/** The frame of the cell's own level: the one that names no function. */
function ownLine(plain: string, count: number): number | null {
  const frames = [
    `(?:Cell|Input) In ?\\[${count}\\], line (\\d+)(?! ?,? in)(?!\\d)`,
    `Input In \\[${count}\\], in <cell line: (\\d+)>`,
    `<ipython-input-${count}-\\w+> in <module>[^]*?-+> (\\d+)`
  ];
  for (const frame of frames) {
    const found = [...plain.matchAll(new RegExp(frame, 'g'))].pop();
    if (found) {
      return Number(found[1]);
    }
  }
  return null;
}

/**
 * `shift` is how many lines IPython cuts off in front of the code: blank ones, and those
 * of cell magics. `magic` is the line of the first of them, or null.
 */
function startOf(source: string): { magic: number | null; shift: number } {
  let magic: number | null = null;
  let shift = 0;
  for (const line of source.split('\n')) {
    const isMagic = line.startsWith('%%') && !line.startsWith('%%%');
    if (line.trim() && !isMagic) {
      break;
    }
    shift += 1;
    magic ??= isMagic ? shift : null;
  }
  return { magic, shift };
}
