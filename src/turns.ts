/** One thing at a time: what writes shuts others out, of the rest the latest counts. */
import type { IProblem } from './tokens';

export interface ITurnHost {
  /** What is shown of it. */
  update(change: {
    readonly busy: boolean;
    readonly problem?: IProblem | null;
  }): void;
  /** What went wrong, for people; throws what is no problem of theirs. */
  problemOf(error: unknown): IProblem;
  /** `writes`: it is told in a sheet that was closed, too. */
  tell(problem: IProblem, writes: boolean): void;
}

export class Turns {
  constructor(private readonly _host: ITurnHost) {}

  /** Shows that something is under way, and what went wrong with it; resolves to whether it was done. */
  async take(
    work: (isLatest: () => boolean) => Promise<void>,
    writes = true
  ): Promise<boolean> {
    if (this._isWriting) {
      return false;
    }
    let isDone = false;
    const turn = ++this._turn;
    const isLatest = () => turn === this._turn;
    this._isWriting = writes;
    this._host.update({ busy: true, problem: null });
    try {
      await work(isLatest);
      isDone = true;
    } catch (error) {
      const problem = this._host.problemOf(error);
      if (isLatest()) {
        this._host.tell(problem, writes);
      }
    }
    if (isLatest()) {
      this._isWriting = false;
      this._host.update({ busy: false });
    }
    return isDone;
  }

  private _isWriting = false;
  private _turn = 0;
}
