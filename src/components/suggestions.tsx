import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { ICellName, IPlace, ISuggestion } from '../tokens';
import { Actions, Button } from './buttons';
import { Fold } from './fold';
import { CellLink } from './inline';

export interface ISuggestionsProps {
  readonly trans: TranslationBundle;
  readonly found: readonly ISuggestion[];
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly jump: (place: IPlace) => void;
  /** Opens the sheet of an extraction. */
  readonly extract: (suggestion: ISuggestion) => void;
  /** How many headings have code below them. */
  readonly sections: number;
  /** Opens the sheet that splits the page at its headings. */
  readonly split: () => void;
}

/** What is worth extracting; nothing where nothing is. */
export function SuggestionList(props: ISuggestionsProps): JSX.Element | null {
  const { found, trans } = props;
  if (found.length === 0) {
    return null;
  }
  return (
    <section
      className="jp-Prodready-section"
      aria-label={trans.__('Ready to extract')}
    >
      <Fold
        label={trans.__('Ready to extract (%1)', found.length)}
        count={found.length}
      >
        <ul className="jp-Prodready-results">
          {found.map(one => (
            <Row key={one.cells.join()} {...props} suggestion={one} />
          ))}
        </ul>
        {props.sections > 1 && (
          <Actions>
            <Button
              label={trans.__('Split at the headings…')}
              title={trans.__(
                'Each section becomes functions in a module of its own'
              )}
              onClick={props.split}
            />
          </Actions>
        )}
      </Fold>
    </section>
  );
}

function Row(
  props: ISuggestionsProps & { readonly suggestion: ISuggestion }
): JSX.Element {
  const { extract, jump, nameOf, suggestion, trans } = props;
  const names = suggestion.cells.flatMap(id => nameOf(id) ?? []);
  const called = titleOf(suggestion, trans);
  return (
    <li>
      <div>
        <p title={suggestion.text}>
          <code>{called}</code>
        </p>
        {names.slice(0, MOST_CELLS).map(cell => (
          <CellLink
            key={cell.id}
            cell={cell}
            onJump={cellId => jump({ cellId, line: 1 })}
          />
        ))}
        {names.length > MOST_CELLS && (
          <p className="jp-Prodready-hint">
            {trans.__('and %1 more cells', names.length - MOST_CELLS)}
          </p>
        )}
        <p className="jp-Prodready-hint">{facts(suggestion, trans)}</p>
        <Actions>
          <Button
            label={trans.__('Extract…')}
            title={trans.__('Extract %1', called)}
            onClick={() => extract(suggestion)}
          />
        </Actions>
      </div>
    </li>
  );
}

const MOST_CELLS = 3;

function titleOf(
  { function: name, kind }: ISuggestion,
  trans: TranslationBundle
): string {
  return kind === 'definitions' ? name : trans.__('%1()', name);
}

/** As in "same code - mutates df - needs pd". */
function facts(suggestion: ISuggestion, trans: TranslationBundle): string {
  const { kind, labels, module, needs } = suggestion;
  const words = [
    ...(kind === 'same-code' ? [trans.__('same code, other names')] : []),
    ...(kind === 'definitions' ? [trans.__('only definitions')] : []),
    ...(kind === 'section' ? [trans.__('a module: %1', module)] : []),
    ...labels,
    ...(needs.length ? [trans.__('needs %1', needs.join(', '))] : [])
  ];
  return words.join(' - ');
}
