import { readFileSync } from 'fs';
import { join } from 'path';

import { errorLine } from '../traceback';

interface IGolden {
  readonly source: string;
  readonly count: number;
  readonly traceback: string[];
  readonly line: number;
}

/** Recorded from a real kernel; tests/live/test_tracebacks.py holds them to it. */
const golden = JSON.parse(
  readFileSync(join(__dirname, '../../tests/wire/tracebacks.json'), 'utf-8')
) as Record<string, IGolden>;

describe('errorLine', () => {
  it.each(Object.entries(golden))(
    'finds the line: %s',
    (name, { source, count, traceback, line }) => {
      expect(errorLine(traceback, count, source)).toBe(line);
    }
  );

  it('is unknown without a frame of the cell', () => {
    expect(errorLine(['Cell In[2], line 7, in f()'], 5, 'f()')).toBe(null);
    expect(errorLine(['Cell In[5], line 7'], null, 'f()')).toBe(null);
    expect(errorLine([], 5, 'f()')).toBe(null);
  });

  it('reads the tracebacks of older kernels', () => {
    const old = '<ipython-input-5-0a1b> in <module>\n      1 a\n----> 2 f()';
    expect(errorLine([old], 5, 'a\nf()')).toBe(2);
    const newer = 'Input \u001b[0;32mIn [5]\u001b[0m, in <cell line: 2>()';
    expect(errorLine([newer], 5, 'a\nf()')).toBe(2);
  });
});
