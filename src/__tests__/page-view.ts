/** A view of a notebook for tests. */
import type { IPageView } from '../execute';
import { settle } from './server';

/** A view whose cells end when the test says so. */
export class FakeView implements IPageView {
  readonly ran: string[] = [];
  readonly jump = jest.fn(async () => undefined);

  run(cellId: string): Promise<boolean> {
    this.ran.push(cellId);
    return new Promise((resolve, reject) => {
      this.end = async (ok: boolean | Error) => {
        if (ok instanceof Error) {
          reject(ok);
        } else {
          resolve(ok);
        }
        await settle();
      };
    });
  }

  end: (ok: boolean | Error) => Promise<void> = async () => undefined;
}
