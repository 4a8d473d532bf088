import React from 'react';

import { OtherRuns } from '../components/other-runs';
import { JobList } from '../job-list';
import type { IJobSummary } from '../tokens';
import { FakeServer, settle } from './server';
import { click, host, show, text, trans } from './views';

const JOB: IJobSummary = {
  id: 'v1',
  path: 'work/a.ipynb',
  kind: 'verify',
  state: 'running',
  done: 2,
  total: 5,
  started_at: '2026-11-22T01:30:00Z',
  ended_at: null
};
const PROOF: IJobSummary = {
  ...JOB,
  id: 'v2',
  path: 'b.ipynb',
  kind: 'proof',
  state: 'done',
  ended_at: '2026-11-22T01:31:00Z'
};

describe('JobList', () => {
  it('asks once for what many events tell, newest first', async () => {
    const server = new FakeServer();
    const list = new JobList(server.api);
    await server.tell('v1');
    await server.tell('v1');
    await new Promise(resolve => setTimeout(resolve, 600));
    expect(server.count('GET', 'verify')).toBe(1);
    await server.last('GET', 'verify').answer({ jobs: [JOB, PROOF] });
    expect(list.jobs.map(job => job.id)).toEqual(['v2', 'v1']);
    list.dispose();
  });

  it('keeps the list where the server is away, and removes a job', async () => {
    const server = new FakeServer();
    const list = new JobList(server.api);
    void list.refresh();
    await settle();
    await server.last('GET', 'verify').answer({ jobs: [JOB] });
    void list.refresh();
    await settle();
    await server.last('GET', 'verify').breakOff();
    expect(list.jobs).toEqual([JOB]);
    void list.remove('v1');
    await settle();
    await server.last('DELETE', 'verify/v1').answer(null, 204);
    await server.last('GET', 'verify').answer({ jobs: [] });
    expect(list.jobs).toEqual([]);
    list.dispose();
  });
});

describe('OtherRuns', () => {
  it('says how far each is, opens its notebook, cancels and forgets', () => {
    const open = jest.fn();
    const remove = jest.fn();
    const props = { trans, open, remove };
    show(<OtherRuns {...props} jobs={[]} />);
    expect(host.textContent).toBe('');
    show(<OtherRuns {...props} jobs={[JOB, PROOF]} />);
    click('Other notebooks (2)');
    expect(text('li')).toContain('Verification: 2 of 5 cells');
    expect(text('li:last-child')).toContain('Proof of an extraction: ended');
    click('a.ipynb');
    expect(open).toHaveBeenCalledWith('work/a.ipynb');
    click('Cancel');
    click('Forget');
    expect(remove.mock.calls).toEqual([['v1'], ['v2']]);
  });
});
