import { readFileSync } from 'fs';
import { join } from 'path';

import { hashOf } from '../hash';
import { ShapeError } from '../shape';
import {
  readExtraction,
  readFixing,
  readJob,
  readProblem,
  readReport,
  readSuggestions,
  type IFixing,
  type INotebookReport
} from '../tokens';

function golden(name: string): unknown {
  const path = join(__dirname, '..', '..', 'tests', 'wire', name);
  return JSON.parse(readFileSync(path, 'utf8'));
}

describe('the golden files of the contract', () => {
  it('reads a report whole, keys that are not ours aside', () => {
    const file = golden('check.json') as INotebookReport;
    expect(readReport(file, 'check')).toMatchObject(file);
  });

  it('reads a verify job whole', () => {
    const file = golden('verify-job.json') as object;
    const job = readJob(file, 'job');
    expect(job).toMatchObject(file);
    // both languages hash alike
    expect(job.page.map(cell => cell.hash)).toEqual([
      hashOf('columns = ["age"]'),
      hashOf('# größer\nprint(features)')
    ]);
  });

  it('reads the job of an install', () => {
    const install = golden('install.json') as object;
    const job = golden('verify-job.json') as object;
    const keys = { ...job, kind: 'install', install };
    expect(readJob(keys, 'verify')).toMatchObject({ kind: 'install', install });
  });

  it('reads an extraction whole', () => {
    const file = golden('extract.json') as { version: number };
    const { version, ...keys } = file;
    expect(version).toBe(1);
    expect(readExtraction(file, 'extract')).toMatchObject(keys);
  });

  it('reads refusals with what one click can do', () => {
    const file = golden('extract-refused.json') as object;
    const { refusals } = readExtraction(file, 'extract');
    expect(refusals.map(one => one.action?.kind)).toEqual([
      'lines',
      'cells',
      'replace',
      undefined
    ]);
    expect({ refusals }).toMatchObject({
      refusals: [
        {
          action: {
            cell: 'c3',
            lines: [4, 12],
            cells: null,
            edits: null,
            names: null
          }
        },
        { action: { cells: ['c1', 'c2', 'c3'] } },
        { action: { edits: [{ after: 'from shop import rate' }] } },
        { action: null }
      ]
    });
  });

  it('reads a fix, and a cell that moves', () => {
    const file = golden('fix.json') as IFixing;
    const fixing = readFixing(file, 'fix');
    expect(file).toMatchObject({ ...fixing, cells: file.cells });
    expect(fixing.cells).toMatchObject(file.cells);
    expect(fixing.cells[0].to).toBe(0);
  });

  it('reads suggestions whole', () => {
    const file = golden('suggest.json') as object;
    expect(file).toMatchObject(readSuggestions(file, 'suggest'));
  });

  it('reads an error', () => {
    const file = golden('error.json') as object;
    expect(readProblem(file, 'error')).toEqual(file);
  });
});

describe('an answer of another shape', () => {
  const report = golden('check.json') as INotebookReport;

  it('is refused with the place where it differs', () => {
    const broken = {
      ...report,
      cells: [{ ...report.cells[0], state: 'fine' }]
    };
    expect(() => readReport(broken, 'check')).toThrow(
      new ShapeError('check.cells[0].state is fine')
    );
  });

  it('is refused where a key is missing', () => {
    const { verdict, ...rest } = report;
    expect(verdict.state).toBe('broken');
    expect(() => readReport(rest, 'check')).toThrow(
      new ShapeError('check.verdict is not an object')
    );
  });

  it('may have more keys', () => {
    expect(readReport({ ...report, later: 1 }, 'check')).toEqual(
      readReport(report, 'check')
    );
  });
});
