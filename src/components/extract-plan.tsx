import React from 'react';

import type { IParameter, IRemedy } from '../tokens';
import { Actions, Button } from './buttons';
import type { IExtractProps, IPlanProps } from './extract-props';
import { StepList } from './extract-sections';
import { Glyph } from './glyph';
import { CellLink, Inline } from './inline';

/** What is against it, the signature, and what there is to know. */
export function Plan(props: IPlanProps): JSX.Element {
  const { extraction, state, trans } = props;
  return (
    <>
      <Refusals {...props} />
      {!state.sections && extraction.steps.length > 0 && (
        <StepList {...props} steps={extraction.steps} />
      )}
      <Parameters title={trans.__('Takes')} all={extraction.inputs} />
      <Parameters title={trans.__('Gives back')} all={extraction.outputs} />
      {extraction.labels.length > 0 && (
        <p className="jp-Prodready-labels">
          {extraction.labels.map(label => (
            <span key={label}>{label}</span>
          ))}
        </p>
      )}
      {extraction.notes.map(note => (
        <p key={note} className="jp-Prodready-hint">
          <Inline text={note} />
        </p>
      ))}
    </>
  );
}

function Refusals(props: IPlanProps): JSX.Element | null {
  const { extraction, jump, nameOf, trans } = props;
  if (extraction.refusals.length === 0) {
    return null;
  }
  const actions = extraction.refusals.map(one => JSON.stringify(one.action));
  return (
    <ul className="jp-Prodready-results" aria-label={trans.__('Refused')}>
      {extraction.refusals.map((refusal, index) => {
        const name = refusal.cell_id ? nameOf(refusal.cell_id) : null;
        return (
          <li key={index}>
            <Glyph name="error" />
            <div>
              <p>
                {name && (
                  <CellLink
                    short
                    cell={name}
                    title={trans.__('Line %1', refusal.line ?? 1)}
                    onJump={cellId => jump({ cellId, line: refusal.line ?? 1 })}
                  />
                )}{' '}
                <Inline text={refusal.message} />
              </p>
              <p className="jp-Prodready-hint">
                <Inline text={refusal.remedy} />
              </p>
              {actions.indexOf(actions[index]) === index && (
                <RemedyButton {...props} action={refusal.action} />
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function RemedyButton(
  props: IExtractProps & { readonly action: IRemedy | null }
): JSX.Element | null {
  const { action, remedy, state, trans } = props;
  if (!action) {
    return null;
  }
  const [first, last] = action.lines ?? [];
  const names = action.names?.join(', ') ?? '';
  const label =
    action.kind === 'lines'
      ? trans.__('Extract lines %1 to %2', first, last)
      : action.kind === 'cells'
        ? trans.__('Select these cells')
        : action.kind === 'update'
          ? trans.__('Replace it in the module')
          : action.kind === 'several'
            ? trans.__('Make several functions')
            : action.kind === 'parameters'
              ? trans.__('Make %1 a parameter', names)
              : action.kind === 'returns'
                ? trans.__('Return %1', names)
                : isInsertion(action)
                  ? trans.__('Insert the cell')
                  : trans.__('Change the cell');
  return (
    <Actions>
      <Button
        label={label}
        disabled={state.busy}
        onClick={() => remedy(action)}
      />
    </Actions>
  );
}

function isInsertion({ edits }: IRemedy): boolean {
  return edits?.every(edit => edit.action === 'insert') === true;
}

function Parameters(props: {
  readonly title: string;
  readonly all: readonly IParameter[];
}): JSX.Element | null {
  if (props.all.length === 0) {
    return null;
  }
  return (
    <dl className="jp-Prodready-parameters">
      <dt>{props.title}</dt>
      {props.all.map(({ annotation, default: value, name, reason }) => (
        <dd key={name}>
          <code>
            {annotation ? `${name}: ${annotation}` : name}
            {value === null ? '' : ` = ${value}`}
          </code>{' '}
          <span className="jp-Prodready-hint">
            <Inline text={reason} />
          </span>
        </dd>
      ))}
    </dl>
  );
}
