/** How far a job is, in words. */
import type { TranslationBundle } from '@jupyterlab/translation';

import type { ICellName, IVerifyJob } from '../tokens';

export function runningWords(
  job: IVerifyJob | null,
  nameOf: (cellId: string) => ICellName | null,
  trans: TranslationBundle
): string {
  if (job?.state === 'queued') {
    return trans.__('Waiting for another run to end…');
  }
  if (!job?.total) {
    return trans.__('Starting a fresh kernel…');
  }
  if (job.phase === 'repair') {
    return trans.__('All cells ran. Looking for a repair…');
  }
  const running = job.running ? nameOf(job.running) : null;
  const where = running ? `${running.label} ${running.firstLine}` : '';
  const count = trans.__('%1 of %2 cells', job.done, job.total);
  return job.done === job.total && !where
    ? trans.__('All cells ran. Comparing…')
    : [count, leftWords(job, trans), where].filter(part => part).join(' · ');
}

/** Empty where nothing is known, or where cells take longer than before. */
function leftWords(
  { seconds_left: seconds, unknown_left: unknown }: IVerifyJob,
  trans: TranslationBundle
): string {
  if (!seconds || seconds < 1) {
    return '';
  }
  const time = timeWords(seconds, trans);
  return unknown > 0
    ? trans.__('at least %1 left', time)
    : trans.__('about %1 left', time);
}

/** As exact as a guess can be: `7 s`, `40 s`, `3 min`, `2 h 10 min`. */
export function timeWords(seconds: number, trans: TranslationBundle): string {
  if (seconds < 57.5) {
    const step = seconds < 20 ? 1 : 5;
    return trans.__('%1 s', Math.round(seconds / step) * step);
  }
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 60) {
    return trans.__('%1 min', minutes);
  }
  return trans.__('%1 h %2 min', Math.floor(minutes / 60), minutes % 60);
}
