/** LIVE: the page and its runs, as every request carries them. */

export interface ILiveCell {
  readonly id: string;
  readonly type: 'code' | 'markdown' | 'raw';
  readonly source: string;
  readonly execution_count: number | null;
  readonly has_output: boolean;
  /** An error stands among the outputs; where it is from, as in IRun. */
  readonly failed?: boolean;
  readonly error_line?: number | null;
  readonly error_name?: string | null;
  readonly tags: readonly string[];
}

export interface IRun {
  readonly execution_count: number | null;
  readonly source: string | null;
  readonly status: 'ok' | 'error' | 'aborted' | 'running' | 'unknown';
  readonly cell_id: string | null;
  readonly error_line: number | null;
  /** The class of the error, e.g. KeyboardInterrupt. */
  readonly error_name?: string;
}

export interface ILive {
  readonly path: string;
  readonly cells: readonly ILiveCell[];
  readonly language: string;
  readonly language_version: string | null;
  readonly kernel_id: string | null;
  readonly kernel_session: string | null;
  readonly runs: readonly IRun[];
}
