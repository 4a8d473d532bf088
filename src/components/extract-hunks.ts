/** The ticks that stand in the diff of an extraction, at what they leave out. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { IExtractOptions, IOptionalLines } from '../tokens';
import type { IDiffTick } from './diff';
import type { IPlanProps } from './extract-props';

type Option = 'autoreload' | 'annotations' | 'docstring' | 'pure' | 'test';

/** One for each option, or section, that the server part says lines of; in their order. */
export function diffTicks(props: IPlanProps): readonly IDiffTick[] {
  const keys = props.extraction.optional.map(keyOf);
  return [...new Set(keys)].flatMap(key => {
    const all = props.extraction.optional.filter(one => keyOf(one) === key);
    const holds = (line: number) =>
      all.some(({ first, last }) => first <= line && line <= last);
    const { module, option } = all[0];
    const tick =
      option === 'section' && module
        ? ofSection(props, module)
        : ofOption(props, option);
    return tick ? [{ ...tick, key, holds }] : [];
  });
}

type Tick = Omit<IDiffTick, 'key' | 'holds'>;

function keyOf({ module, option }: IOptionalLines): string {
  return module ? `${option} ${module}` : option;
}

function ofOption(props: IPlanProps, option: string): Tick | null {
  const { state, tick, trans } = props;
  if (!isOption(option)) {
    return null; // of a server part that is newer
  }
  const change: (value: boolean) => Partial<IExtractOptions> = value => ({
    [option]: value
  });
  return {
    label: labelOf(option, trans),
    title: trans.__('Write these lines: %1', labelOf(option, trans)),
    isOn: state.options[option],
    disabled: state.busy,
    onTick: value => tick(change(value))
  };
}

/** As in the list of sections: the last one stays. */
function ofSection(props: IPlanProps, module: string): Tick | null {
  const { state, tickSection, trans } = props;
  const all = state.sections ?? [];
  const section = all.find(one => one.module === module);
  const moving = all.filter(({ moves }) => moves);
  return section
    ? {
        label: section.heading,
        title: trans.__('Move this section: %1', section.heading),
        isOn: section.moves,
        disabled: state.busy || (section.moves && moving.length === 1),
        onTick: value => tickSection(module, value)
      }
    : null;
}

function isOption(option: string): option is Option {
  return ['autoreload', 'annotations', 'docstring', 'pure', 'test'].includes(
    option
  );
}

function labelOf(option: Option, trans: TranslationBundle): string {
  switch (option) {
    case 'autoreload':
      return trans.__('Autoreload');
    case 'annotations':
      return trans.__('Types');
    case 'docstring':
      return trans.__('Docstring');
    case 'pure':
      return trans.__('Copies');
    case 'test':
      return trans.__('Test');
  }
}
