/**
 * The nouns that the panel's parts share, by room: `wire/` has what panel and server say
 * to each other, exactly as docs/interface.md has it, and alone knows key names; `shown`
 * has what the panel makes of it.
 */
export * from './shown';
export * from './wire/check';
export * from './wire/extract';
export * from './wire/fix';
export * from './wire/live';
export type { ICellEdit, IEffect, IFix } from './wire/parts';
export * from './wire/problem';
export * from './wire/suggest';
export * from './wire/verify';

/** The plugin's and the panel's id. */
export const PLUGIN_ID = 'jupyter-prodready:plugin';
export const PANEL_ID = 'jupyter-prodready-panel';

/** Names of the commands. */
export const CommandIDs = {
  show: 'prodready:show-panel',
  check: 'prodready:check-notebook',
  next: 'prodready:jump-to-next',
  verify: 'prodready:verify-notebook',
  verifyUntil: 'prodready:verify-until',
  verifyNeeded: 'prodready:verify-needed',
  restart: 'prodready:restart-and-run',
  extract: 'prodready:extract-cells',
  extractLines: 'prodready:extract-lines',
  split: 'prodready:split-notebook',
  fix: 'prodready:fix-problem'
} as const;
