/** The added lines run in the page's kernel, and the runs of before then count for the page. */
import type { IApi } from './api';
import type { IPageView } from './execute';
import type { NotebookContext } from './live';
import { ApiError } from './request';
import { runSetup } from './setup-run';
import type { IExtraction, ILive, SetupRun } from './tokens';

export interface ICarryingHost {
  readonly api: IApi;
  readonly context: NotebookContext;
  /** Where cells of the page run; null where no view shows it. */
  readonly view: () => IPageView | null;
  live(): ILive;
}

/** What was proven: by which job, and of which cells. */
export interface IProven {
  readonly proof: string;
  readonly selection: readonly string[];
}

/** Resolves once both are done; `onRun` is told what came of the first. */
export async function runAndCarry(
  extraction: IExtraction,
  { proof, selection }: IProven,
  host: ICarryingHost,
  onRun: (run: SetupRun) => void
): Promise<void> {
  const run = await runSetup(extraction, host.context, host.view());
  onRun(run);
  if (run.kind !== 'ran') {
    return;
  }
  try {
    await host.api.carry({ ...host.live(), proof, selection });
  } catch (error) {
    if (!(error instanceof ApiError)) {
      throw error;
    }
    // not carried: what the proof found the same is called out of date until it is run
  }
}
