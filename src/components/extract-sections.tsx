import React from 'react';

import type { ISection, IStep } from '../tokens';
import type { IExtractProps } from './extract-props';
import { CellLink, Inline } from './inline';

/** The sections of a page that is split, each with what becomes of it. */
export function SectionList(
  props: IExtractProps & { readonly sections: readonly ISection[] }
): JSX.Element {
  const { sections, trans } = props;
  return (
    <ul
      className="jp-Prodready-sections"
      aria-label={trans.__('Sections that move')}
    >
      {sections.map(section => (
        <Section key={section.module} {...props} section={section} />
      ))}
    </ul>
  );
}

function Section(
  props: IExtractProps & {
    readonly section: ISection;
    readonly sections: readonly ISection[];
  }
): JSX.Element {
  const { section, sections, state, tickSection } = props;
  const isLast =
    section.moves && sections.filter(({ moves }) => moves).length === 1;
  return (
    <li>
      <label>
        <input
          type="checkbox"
          checked={section.moves}
          disabled={state.busy || isLast}
          onChange={event => tickSection(section.module, event.target.checked)}
        />
        <span>
          {section.heading}
          <code className="jp-Prodready-hint" title={section.module}>
            {section.module.split('/').pop()}
          </code>
        </span>
      </label>
      {section.moves && <StepList {...props} steps={section.functions} />}
    </li>
  );
}

/** Functions that are made one after the other. */
export function StepList(
  props: IExtractProps & { readonly steps: readonly IStep[] }
): JSX.Element {
  return (
    <ul className="jp-Prodready-steps">
      {props.steps.map(step => (
        <Step key={step.cells.join()} {...props} step={step} />
      ))}
    </ul>
  );
}

function Step(props: IExtractProps & { readonly step: IStep }): JSX.Element {
  const { jump, nameOf, step } = props;
  const names = step.cells.flatMap(id => nameOf(id) ?? []);
  const takes = step.inputs.map(({ name }) => name).join(', ');
  const gives = step.outputs.map(({ name }) => name).join(', ');
  return (
    <li>
      <div>
        {names.slice(0, 1).map(cell => (
          <CellLink
            key={cell.id}
            short
            cell={cell}
            title={cell.firstLine}
            onJump={cellId => jump({ cellId, line: 1 })}
          />
        ))}
        <code>
          {step.function}({takes}){gives && ` → ${gives}`}
        </code>
      </div>
      {step.notes.map(note => (
        <p key={note} className="jp-Prodready-hint">
          <Inline text={note} />
        </p>
      ))}
    </li>
  );
}
