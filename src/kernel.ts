/** What a kernel tells of itself when a page connects to it. */
import type { Kernel } from '@jupyterlab/services';

import type { ILive } from './tokens';

export type Language = Pick<ILive, 'language' | 'language_version'>;

/** The language that it speaks; null where it dies first, or there is none. */
export async function languageOf(
  kernel: Kernel.IKernelConnection | null | undefined
): Promise<Language | null> {
  const info = await kernel?.info.catch(() => null);
  if (kernel?.status === 'unknown' || kernel?.status === 'starting') {
    tellStatus(kernel);
  }
  return info
    ? {
        language: info.language_info.name,
        language_version: info.language_info.version
      }
    : null;
}

/**
 * Has a kernel that was just started publish that it is idle. JupyterLab hears that with the
 * answer to its own question for history, but the server part has it skip those; till the first
 * run it would say "Unknown", or "Starting" where it heard of that alone. This question runs no
 * code, and what comes of it does not matter.
 */
function tellStatus(kernel: Kernel.IKernelConnection): void {
  void kernel.requestIsComplete({ code: '' }).catch(() => undefined);
}
