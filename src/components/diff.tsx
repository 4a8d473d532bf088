import React from 'react';

/** What of a diff may be left out: all lines that `holds` says are of it. */
export interface IDiffTick {
  readonly key: string;
  readonly label: string;
  /** For those who do not see beside which lines it stands. */
  readonly title: string;
  readonly isOn: boolean;
  readonly disabled: boolean;
  readonly onTick: (value: boolean) => void;
  /** Of a line by its number, from 1. */
  readonly holds: (line: number) => boolean;
}

/**
 * A unified diff; additions and removals keep their signs beside the colour. Each hunk has
 * the ticks of what stands in it.
 */
export function Diff(props: {
  readonly diff: string;
  readonly label: string;
  readonly ticks?: readonly IDiffTick[];
}): JSX.Element {
  const { diff, label, ticks = [] } = props;
  const lines = diff.replace(/\n$/, '').split('\n');
  return (
    <pre
      className="jp-Prodready-diff"
      role="region"
      aria-label={label}
      tabIndex={0}
    >
      <div>
        {lines.map((line, index) => (
          <span key={index} className={classOf(line, index, ticks)}>
            {line}
            {lineKind(line) === 'hunk' &&
              ticksOf(lines, index, ticks).map(({ key, ...tick }) => (
                <Tick key={key} {...tick} />
              ))}
            {'\n'}
          </span>
        ))}
      </div>
    </pre>
  );
}

function Tick(props: Omit<IDiffTick, 'key'>): JSX.Element {
  const { disabled, isOn, label, onTick, title } = props;
  return (
    <label className="jp-Prodready-diffTick" title={title}>
      <input
        type="checkbox"
        aria-label={title}
        checked={isOn}
        disabled={disabled}
        onChange={event => onTick(event.target.checked)}
      />
      {label}
    </label>
  );
}

/** Those of the hunk that begins at `index`. */
function ticksOf(
  lines: readonly string[],
  index: number,
  ticks: readonly IDiffTick[]
): readonly IDiffTick[] {
  const below = lines.findIndex(
    (line, at) => at > index && isHead(lines, at, line)
  );
  const end = below < 0 ? lines.length : below;
  const numbers = lines.slice(index, end).map((_, at) => index + at + 1);
  return ticks.filter(({ holds }) => numbers.some(holds));
}

/** Does another hunk or file begin here? A line that was removed may look like a file's. */
function isHead(lines: readonly string[], at: number, line: string): boolean {
  return (
    lineKind(line) === 'hunk' ||
    (line.startsWith('--- ') && !!lines[at + 1]?.startsWith('+++ '))
  );
}

function classOf(
  line: string,
  index: number,
  ticks: readonly IDiffTick[]
): string {
  const kind = lineKind(line);
  const isOptional =
    (kind === 'added' || kind === 'removed') &&
    ticks.some(({ holds }) => holds(index + 1));
  return `jp-mod-${kind}${isOptional ? ' jp-mod-optional' : ''}`;
}

export function lineKind(
  line: string
): 'file' | 'hunk' | 'added' | 'removed' | 'same' {
  if (/^(---|\+\+\+) /.test(line)) {
    return 'file';
  }
  switch (line[0]) {
    case '@':
      return 'hunk';
    case '+':
      return 'added';
    case '-':
      return 'removed';
    default:
      return 'same';
  }
}
