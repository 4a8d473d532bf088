import { readdirSync, readFileSync } from 'fs';
import { basename, join } from 'path';

const MOST_LINES = 400;
const SRC = join(__dirname, '..');

const EXTRACT = ['extraction', 'suggestions', 'unfinished'];

/** Lowest first; a file imports only from layers below its own. */
const LAYERS = [
  ['shape', 'hash'],
  ['shown'],
  ['tokens', 'icon', 'traceback'],
  [
    'request',
    'runs',
    'edits',
    'live',
    'kernel',
    'execute',
    'render',
    'outputs',
    'kept',
    'ranges'
  ].concat('sections'),
  ['api', 'offers', 'setup-run'],
  ['problems'],
  ['job-run', 'job-list', 'applied', 'carrying', 'turns'],
  ['verification', 'restart', 'fix', 'review', 'repair'].concat(EXTRACT),
  ['model'],
  ['tracker'],
  ['commands', 'extract-area', 'marks'],
  ['panel'],
  ['index']
];
const UI = ['extract-area', 'panel', 'marks'];
const NOUNS = ['shown', 'tokens'];

function importsOf(path: string): string[] {
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/from '(\.[^']+)'/g)].map(match => match[1]);
}

function sources(folder: string): string[] {
  return readdirSync(join(SRC, folder))
    .filter(name => /\.tsx?$/.test(name))
    .map(name => join(SRC, folder, name));
}

function layerOf(name: string): number {
  return LAYERS.findIndex(layer => layer.includes(name));
}

describe('imports point one way', () => {
  it.each(sources('.').map(path => [basename(path).split('.')[0], path]))(
    '%s has a layer and looks down only',
    (name, path) => {
      expect(layerOf(name)).toBeGreaterThanOrEqual(0);
      const wrong = importsOf(path).filter(target =>
        target.startsWith('./components/')
          ? !UI.includes(name)
          : target.startsWith('./wire/')
            ? !NOUNS.includes(name)
            : layerOf(basename(target)) >= layerOf(name)
      );
      expect(wrong).toEqual([]);
    }
  );

  it('what is said over the wire knows shapes and each other only', () => {
    const targets = new Set(sources('wire').flatMap(importsOf));
    const above = [...targets].filter(target => target.startsWith('../'));
    expect(above).toEqual(['../shape']);
  });

  it.each(['.', 'wire', 'components'].flatMap(sources))('%s is short', path => {
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n').length;
    expect(lines).toBeLessThanOrEqual(MOST_LINES);
  });

  it('components know tokens and each other only', () => {
    const targets = new Set(sources('components').flatMap(importsOf));
    const above = [...targets].filter(target => target.startsWith('../'));
    expect(above).toEqual(['../tokens']);
  });
});
