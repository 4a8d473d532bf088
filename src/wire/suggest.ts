/** `POST suggest`. */
import { list, oneOf, record, text, type Read } from '../shape';

const suggestion = record({
  kind: oneOf('cell', 'run', 'section', 'same-code', 'definitions'),
  cells: list(text),
  function: text,
  module: text,
  text,
  labels: list(text),
  inputs: list(text),
  outputs: list(text),
  needs: list(text)
});

export const readSuggestions = record({ suggestions: list(suggestion) });

export type ISuggestion = Read<typeof suggestion>;
export type ISuggestions = Read<typeof readSuggestions>;
