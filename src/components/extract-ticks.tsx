import React from 'react';

import type { ExtractTick } from '../tokens';
import type { IExtractProps, IPlanProps } from './extract-props';
import { Inline } from './inline';

/** What can be left out of the extraction, or added, and the page does the same. */
export function Ticks(props: IPlanProps): JSX.Element {
  const { extraction, state, tick, trans } = props;
  const { options } = state;
  const changed = extraction.labels.filter(label =>
    label.startsWith('mutates ')
  );
  const one = (name: ExtractTick, label: string, why = '') => (
    <Tick
      label={label}
      why={why}
      isOn={options[name] && !(why && name === 'test')}
      disabled={state.busy || (why !== '' && name === 'test')}
      onTick={value => tick({ [name]: value })}
    />
  );
  const names = (option: 'parameters' | 'returns', label: string) => (
    <Tick
      label={label}
      why={options[option].map(name => `\`${name}\``).join(', ')}
      isOn={true}
      disabled={state.busy}
      onTick={() => tick({ [option]: [] })}
    />
  );
  return (
    <div
      className="jp-Prodready-ticks"
      role="group"
      aria-label={trans.__('What is written')}
    >
      {one(
        'autoreload',
        trans.__('Load the module anew when it is edited (`%autoreload 2`)')
      )}
      {one('annotations', trans.__('Types that the proof sees'))}
      {one('docstring', trans.__('Docstring'))}
      {(options.pure || changed.length > 0) &&
        one(
          'pure',
          trans.__('Copy what it would change (needs a proof)'),
          changed.join(', ')
        )}
      {options.several &&
        one(
          'several',
          trans.__('Several functions, each up to a value that is shown')
        )}
      {options.parameters.length > 0 &&
        names('parameters', trans.__('Functions get it at each call'))}
      {options.returns.length > 0 &&
        names('returns', trans.__('Functions return what they set'))}
      {options.update &&
        one('update', trans.__('Replace what the module has by this name'))}
      {one(
        'test',
        trans.__('Test with the values that the proof sees'),
        whyNoTest(props, extraction.no_test)
      )}
    </div>
  );
}

function whyNoTest(props: IExtractProps, reason: string | null): string {
  const { state, trans } = props;
  if (reason) {
    return trans.__('There can be none: %1', reason);
  }
  const isOver = state.proof.phase === 'ended';
  return isOver && state.extraction?.proof === 'not-run'
    ? trans.__('There can be none: the proof could not be run.')
    : '';
}

/** Whether the page's own kernel gets the import: the person sees what would run there. */
export function SetupTick(props: IPlanProps): JSX.Element | null {
  const { extraction, hasIdleKernel, state, tickSetup, trans } = props;
  if (!extraction.setup) {
    return null;
  }
  return (
    <div className="jp-Prodready-ticks">
      <Tick
        label={trans.__('Once proven, run the added import in your kernel')}
        why={
          hasIdleKernel
            ? trans.__(
                'Only these lines. The call is not run, your variables stay.'
              )
            : trans.__('Your kernel is busy, or there is none.')
        }
        isOn={state.runsSetup && hasIdleKernel}
        disabled={!hasIdleKernel}
        onTick={tickSetup}
      />
      {hasIdleKernel && state.runsSetup && (
        <pre
          className="jp-Prodready-setup"
          role="region"
          aria-label={trans.__('Lines that are run')}
          tabIndex={0}
        >
          {[extraction.reread, extraction.setup]
            .filter(lines => lines)
            .join('\n')}
        </pre>
      )}
    </div>
  );
}

function Tick(props: {
  readonly label: string;
  readonly why: string;
  readonly isOn: boolean;
  readonly disabled: boolean;
  readonly onTick: (value: boolean) => void;
}): JSX.Element {
  const { disabled, isOn, label, onTick, why } = props;
  return (
    <label>
      <input
        type="checkbox"
        checked={isOn}
        disabled={disabled}
        onChange={event => onTick(event.target.checked)}
      />
      <span>
        <Inline text={label} />
        {why && (
          <span className="jp-Prodready-hint">
            <Inline text={why} />
          </span>
        )}
      </span>
    </label>
  );
}
