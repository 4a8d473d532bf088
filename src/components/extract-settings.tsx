import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IExtractOptions, ISetting, SettingWay } from '../tokens';
import type { IPlanProps } from './extract-props';

const LONGEST = 24;
const WAYS: readonly SettingWay[] = ['argument', 'default', 'constant'];

/** Names for literals that the code reads, and how the function gets each of them. */
export function Settings(props: IPlanProps): JSX.Element | null {
  const { extraction, state, trans } = props;
  const all = withAsked(extraction.settings, state.options);
  if (all.length === 0) {
    return null;
  }
  return (
    <ul
      className="jp-Prodready-settings"
      aria-label={trans.__('Names for literals')}
    >
      {all.map(one => (
        <Setting key={one.name} {...props} setting={one} />
      ))}
    </ul>
  );
}

function Setting(
  props: IPlanProps & { readonly setting: ISetting }
): JSX.Element {
  const { setting, state, tick, trans } = props;
  const { name, offered, text } = setting;
  return (
    <li>
      <code title={text}>{text ? `${name} = ${shortened(text)}` : name}</code>
      <select
        aria-label={trans.__('How the function gets %1', name)}
        value={wayOf(name, state.options)}
        // not while it is planned anew: who chooses with the keyboard would lose it
        disabled={state.busy && state.isCurrent}
        onChange={event =>
          tick(chosen(state.options, name, event.target.value))
        }
      >
        {WAYS.filter(way => offered.includes(way)).map(way => (
          <option key={way} value={way}>
            {wordsOf(way, text, trans)}
          </option>
        ))}
      </select>
    </li>
  );
}

function wordsOf(
  way: SettingWay,
  text: string,
  trans: TranslationBundle
): string {
  switch (way) {
    case 'argument':
      return trans.__('Argument');
    case 'default':
      return text
        ? trans.__('Keyword, %1 by default', shortened(text))
        : trans.__('Keyword with a default');
    case 'constant':
      return trans.__('Constant of the module');
  }
}

function shortened(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/** With names that were chosen and cannot be: they can be taken back. */
function withAsked(
  settings: readonly ISetting[],
  options: IExtractOptions
): readonly ISetting[] {
  const names = new Set(settings.map(({ name }) => name));
  const asked = [...options.constants, ...options.defaults].filter(
    name => !names.has(name)
  );
  const lost = asked.map((name): ISetting => ({
    name,
    text: '',
    given: wayOf(name, options),
    offered: ['argument', wayOf(name, options)]
  }));
  return [...settings, ...lost];
}

function wayOf(name: string, options: IExtractOptions): SettingWay {
  return options.constants.includes(name)
    ? 'constant'
    : options.defaults.includes(name)
      ? 'default'
      : 'argument';
}

function chosen(
  { constants, defaults }: IExtractOptions,
  name: string,
  way: string
): Pick<IExtractOptions, 'constants' | 'defaults'> {
  const others = (names: readonly string[], is: boolean) => [
    ...names.filter(one => one !== name),
    ...(is ? [name] : [])
  ];
  return {
    constants: others(constants, way === 'constant'),
    defaults: others(defaults, way === 'default')
  };
}
