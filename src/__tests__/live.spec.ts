import type { ICodeCellModel } from '@jupyterlab/cells';

import { liveCells } from '../live';
import { openNotebook } from './notebook';

describe('liveCells', () => {
  it('tells which cells show an error, and the line of the cell it is from', () => {
    const { model } = openNotebook('x = 1\nf()', 'x');
    const cell = model.cells.get(0) as ICodeCellModel;
    cell.executionCount = 5;
    cell.outputs.add({ output_type: 'stream', name: 'stdout', text: 'before' });
    cell.outputs.add({
      output_type: 'error',
      ename: 'KeyboardInterrupt',
      evalue: '',
      traceback: ['Cell In[5], line 2', 'Cell In[3], line 9, in f()']
    });
    const [failed, fine] = liveCells(model);
    expect(failed).toMatchObject({
      has_output: true,
      failed: true,
      error_line: 2,
      error_name: 'KeyboardInterrupt'
    });
    expect(fine).not.toHaveProperty('failed');
  });

  it('copies no output but an error', () => {
    const { model } = openNotebook('x = 1');
    const cell = model.cells.get(0) as ICodeCellModel;
    cell.outputs.add({ output_type: 'stream', name: 'stdout', text: 'much' });
    const copy = jest.spyOn(cell.outputs.get(0), 'toJSON');
    expect(liveCells(model)[0].has_output).toBe(true);
    expect(copy).not.toHaveBeenCalled();
  });
});
