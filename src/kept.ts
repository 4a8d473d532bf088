/** The outputs of before, kept in view until a cell that runs shows something new. */
import type { ICodeCellModel } from '@jupyterlab/cells';

/** Made before the cell is sent: core clears its outputs then. */
export class KeptOutputs {
  constructor(private readonly _cell: ICodeCellModel) {
    this._old = _cell.outputs.toJSON();
    // core trusts a cell that it clears: what it did not trust must not come back
    if (this._old.length > 0 && _cell.trusted) {
      _cell.outputs.changed.connect(this._onChanged, this);
      this._isKeeping = true;
    }
  }

  /** The run is over: what a cell that ended well did not show again goes. */
  release(endedWell: boolean): void {
    if (this._isKeeping && endedWell && !this._cell.outputs.isDisposed) {
      this._stop();
      this._cell.outputs.clear();
    }
    this._stop();
  }

  /** New output clears and adds in one go, core when it sends clears only. */
  private _onChanged(): void {
    if (!this._isPuttingBack) {
      // not at once: whoever clears may clear the view next
      void Promise.resolve().then(() => this._look());
    }
  }

  private _look(): void {
    if (!this._isKeeping || this._cell.isDisposed) {
      return;
    }
    if (this._cell.outputs.length > 0) {
      this._stop();
      return;
    }
    this._isPuttingBack = true;
    this._cell.outputs.fromJSON(this._old);
    this._cell.outputs.clear(true); // by the next output
    this._isPuttingBack = false;
  }

  private _stop(): void {
    this._isKeeping = false;
    if (!this._cell.isDisposed) {
      this._cell.outputs.changed.disconnect(this._onChanged, this);
    }
  }

  private readonly _old: ReturnType<ICodeCellModel['outputs']['toJSON']>;
  private _isKeeping = false;
  private _isPuttingBack = false;
}
