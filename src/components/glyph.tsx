import React from 'react';

/** A state's shape: no two states differ by colour alone. */
export type GlyphName =
  | 'error'
  | 'warning'
  | 'info'
  | 'ok'
  | 'unknown'
  | 'edited'
  | 'stale'
  | 'running'
  | 'run'
  | 'waiting'
  | 'skipped';

const PATHS: Record<GlyphName, string> = {
  error: 'M4.5 4.5l7 7M11.5 4.5l-7 7',
  warning: 'M8 2.5l6 11H2zM8 6.8v3M8 11.7v.2',
  info: 'M8 7.2v4M8 4.6v.2M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4',
  ok: 'M3 8.6l3.4 3.4L13 4.8',
  unknown: 'M5.6 6a2.4 2.4 0 1 1 3.6 2c-.8.5-1.2.9-1.2 1.8M8 12.2v.2',
  edited: 'M3 13l.6-2.8L10.8 3l2.2 2.2L5.8 12.4zM9.4 4.4l2.2 2.2',
  stale: 'M8 4.2V8l2.6 1.6M8 1.8a6.2 6.2 0 1 0 0 12.4a6.2 6.2 0 1 0 0-12.4',
  run: 'M5 3.2l7.5 4.8L5 12.8z',
  running: 'M8 1.8a6.2 6.2 0 1 1-6.2 6.2',
  waiting: 'M4 8h.1M8 8h.1M12 8h.1',
  skipped: 'M4 8h8'
};

/** Decoration only: whoever shows it says the same in words. */
export function Glyph(props: {
  readonly name: GlyphName;
  readonly className?: string;
}): JSX.Element {
  return (
    <svg
      className={`jp-Prodready-glyph jp-mod-${props.name} ${props.className ?? ''}`}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      <path d={PATHS[props.name]} />
    </svg>
  );
}

/** The same drawing outside of React, for marks in the page. */
export function glyphElement(name: GlyphName): SVGSVGElement {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', `jp-Prodready-glyph jp-mod-${name}`);
  svg.setAttribute('viewBox', '0 0 16 16');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(space, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
