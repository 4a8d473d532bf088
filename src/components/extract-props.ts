/** What the sheet of an extraction shows, and what can be done in it. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type {
  ICellName,
  IExtraction,
  IExtractOptions,
  IExtractState,
  IPlace,
  IRemedy
} from '../tokens';
import type { IUnfinishedProps } from './unfinished';

/** `run` runs the cells that the `label` names. */
export interface ILiveDifference {
  readonly message: string;
  readonly label: string;
  readonly run: () => void;
}

export interface IExtractProps {
  readonly trans: TranslationBundle;
  readonly state: IExtractState;
  readonly nameOf: (cellId: string) => ICellName | null;
  readonly jump: (place: IPlace) => void;
  readonly type: (fields: { module?: string; name?: string }) => void;
  readonly tick: (change: Partial<IExtractOptions>) => void;
  readonly tickSection: (module: string, moves: boolean) => void;
  readonly tickSetup: (runsSetup: boolean) => void;
  /** The page's kernel could run something now. */
  readonly hasIdleKernel: boolean;
  readonly preview: () => void;
  readonly prove: () => void;
  /** Without what earlier proofs ran. */
  readonly proveAnew: () => void;
  readonly confirmProof: () => void;
  readonly confirmProofMemory: () => void;
  readonly dismissProof: () => void;
  readonly cancelProof: () => void;
  readonly install: () => void;
  readonly cancelInstall: () => void;
  /** What was proven, or without a proof. */
  readonly apply: () => void;
  readonly remedy: (action: IRemedy) => void;
  readonly undo: () => void;
  readonly openModule: (path: string) => void;
  /** Runs a copy of the page. */
  readonly verify: () => void;
  readonly close: () => void;
  /** What the kernel holds otherwise for these cells, and what would mend it; null: nothing. */
  readonly differs: ILiveDifference | null;
  /** What stands in the way: an extraction that was interrupted. */
  readonly unfinished: IUnfinishedProps | null;
}

/** With an extraction that is known. */
export interface IPlanProps extends IExtractProps {
  readonly extraction: IExtraction;
}
