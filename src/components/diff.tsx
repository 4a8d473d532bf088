import React from 'react';

/** A unified diff; additions and removals keep their signs beside the colour. */
export function Diff(props: {
  readonly diff: string;
  readonly label: string;
}): JSX.Element {
  const lines = props.diff.replace(/\n$/, '').split('\n');
  return (
    <pre
      className="jp-Prodready-diff"
      role="region"
      aria-label={props.label}
      tabIndex={0}
    >
      <div>
        {lines.map((line, index) => (
          <span key={index} className={`jp-mod-${lineKind(line)}`}>
            {line + '\n'}
          </span>
        ))}
      </div>
    </pre>
  );
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
