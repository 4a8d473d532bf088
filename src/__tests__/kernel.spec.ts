import type { Kernel } from '@jupyterlab/services';

import { languageOf } from '../kernel';

function kernelOf(status: string, info: Promise<unknown>) {
  const requestIsComplete = jest.fn(() => Promise.reject(new Error('gone')));
  const kernel = { status, info, requestIsComplete };
  return {
    requestIsComplete,
    kernel: kernel as unknown as Kernel.IKernelConnection
  };
}

const R = { language_info: { name: 'R', version: '4.3' } };

describe('languageOf', () => {
  it('is what the kernel tells, and null where there is none', async () => {
    const { kernel } = kernelOf('idle', Promise.resolve(R));
    const language = { language: 'R', language_version: '4.3' };
    expect(await languageOf(kernel)).toEqual(language);
    expect(await languageOf(null)).toBe(null);
    const { kernel: dead } = kernelOf('dead', Promise.reject(new Error()));
    expect(await languageOf(dead)).toBe(null);
  });

  it.each([
    ['unknown', 1],
    ['starting', 1],
    ['idle', 0],
    ['busy', 0]
  ])('has one that is %s tell its status, %d times', async (status, times) => {
    const { kernel, requestIsComplete } = kernelOf(status, Promise.resolve(R));
    await languageOf(kernel);
    expect(requestIsComplete).toHaveBeenCalledTimes(times);
  });
});
