import type { KernelMessage } from '@jupyterlab/services';

import { RunLog } from '../runs';
import type { IRun } from '../tokens';

const ME = 'this-page';

/** What a kernel publishes, as far as the log looks at it. */
class FakeKernel {
  constructor(
    readonly log: RunLog,
    public session = 'kernel-1'
  ) {}

  publish(
    type: string,
    content: object,
    request: string,
    client = ME,
    session = this.session
  ): boolean {
    const msg = {
      channel: 'iopub',
      header: { msg_type: type, session },
      parent_header: { msg_id: request, session: client },
      content
    };
    return this.log.received(msg as unknown as KernelMessage.IMessage, ME);
  }

  begin(code: string, count: number, client = ME): string {
    const request = `request-${count}-${code}`;
    this.publish('status', { execution_state: 'busy' }, request, client);
    this.publish(
      'execute_input',
      { code, execution_count: count },
      request,
      client
    );
    return request;
  }

  end(request: string): void {
    this.publish('status', { execution_state: 'idle' }, request);
  }

  fail(request: string, traceback: string[], ename = 'ValueError'): void {
    this.publish('error', { ename, traceback }, request);
    this.end(request);
  }

  run(code: string, count: number, client = ME): void {
    this.end(this.begin(code, count, client));
  }
}

function run(changes: Partial<IRun>): IRun {
  return {
    execution_count: 1,
    source: 'x = 1',
    status: 'ok',
    cell_id: 'a',
    error_line: null,
    ...changes
  };
}

describe('RunLog', () => {
  let log: RunLog;
  let kernel: FakeKernel;

  beforeEach(() => {
    log = new RunLog();
    kernel = new FakeKernel(log);
  });

  it('keeps the source as it was sent, not as it is when the run ends', () => {
    log.scheduled('a', 'x = 1');
    kernel.run('x = 1', 1);
    log.executed('a', { success: true, skipped: false, count: 1 });
    expect(log.runs).toEqual([run({})]);
    expect(log.session).toBe('kernel-1');
  });

  it('reports nothing for a cell that is only queued', () => {
    log.scheduled('a', 'x = 1');
    expect(log.runs).toEqual([]);
  });

  it('reports a run that has begun as running', () => {
    log.scheduled('a', 'x = 1');
    kernel.begin('x = 1', 1);
    expect(log.runs).toEqual([run({ status: 'running' })]);
  });

  it('tells an error with its line from the skipped cells behind it', () => {
    log.scheduled('a', 'x = 1\n1/0');
    log.scheduled('b', 'y = x');
    const request = kernel.begin('x = 1\n1/0', 1);
    kernel.fail(request, ['Cell \u001b[32mIn[1]\u001b[39m, line 2\u001b[0m']);
    log.executed('a', { success: false, skipped: false, count: 1 });
    log.executed('b', { success: false, skipped: true, count: null });
    expect(log.runs).toEqual([
      run({
        source: 'x = 1\n1/0',
        status: 'error',
        error_line: 2,
        error_name: 'ValueError'
      }),
      run({
        execution_count: null,
        source: 'y = x',
        status: 'aborted',
        cell_id: 'b'
      })
    ]);
  });

  it('keeps the run of a cell that was deleted while it ran', () => {
    log.scheduled('a', 'x = 1');
    kernel.run('x = 1', 1); // core emits no `executed` for a disposed cell
    expect(log.runs).toEqual([run({})]);
  });

  it('forgets an empty cell, which core never sends', () => {
    log.scheduled('a', '');
    log.executed('a', { success: true, skipped: false, count: null });
    expect(log.runs).toEqual([]);
  });

  it('takes the word of the front end where another executor ran the cell', () => {
    log.scheduled('a', 'x = 1');
    log.executed('a', { success: true, skipped: false, count: 7 });
    expect(log.runs).toEqual([run({ execution_count: 7 })]);
  });

  it('tells runs of the same source apart', () => {
    log.scheduled('a', 'x = 1');
    log.scheduled('b', 'x = 1');
    kernel.run('x = 1', 1);
    kernel.run('x = 1', 2);
    expect(log.runs.map(({ cell_id }) => cell_id)).toEqual(['a', 'b']);
  });

  it('sees a console, and a run that is not stored with the count of the next', () => {
    kernel.run('x = 1', 1, 'console');
    kernel.run('hidden = 2', 2, 'console');
    kernel.run('y = 3', 2, 'console');
    const foreign = { execution_count: 2, cell_id: null };
    expect(log.runs).toEqual([
      run({ cell_id: null }),
      run({ ...foreign, source: 'hidden = 2' }),
      run({ ...foreign, source: 'y = 3' })
    ]);
  });

  it('keeps a run that came with the same count while the server part answered', () => {
    kernel.run('hidden = 2', 1, 'console');
    const told = log.runs;
    kernel.run('y = 3', 1, 'console');
    log.acknowledge('kernel-1', told);
    expect(log.runs).toEqual([run({ source: 'y = 3', cell_id: null })]);
  });

  it('believes the reply where an error was only printed', () => {
    log.scheduled('a', '%nope');
    kernel.run('%nope', 1);
    log.executed('a', { success: false, skipped: false, count: 1 });
    expect(log.runs).toEqual([run({ source: '%nope', status: 'error' })]);
  });

  it('keeps an error that the reply does not tell, as of `%%capture`', () => {
    log.scheduled('a', '%%capture\n1/0');
    const request = kernel.begin('%%capture\n1/0', 1);
    kernel.fail(request, ['Cell In[2], line 1']);
    log.executed('a', { success: true, skipped: false, count: 1 });
    expect(log.runs).toEqual([
      run({
        source: '%%capture\n1/0',
        status: 'error',
        error_line: 2,
        error_name: 'ValueError'
      })
    ]);
  });

  it('does not know how a run ended whose reply never came', () => {
    log.scheduled('a', 'x = 1');
    kernel.begin('x = 1', 1);
    log.executed('a', { success: false, skipped: true, count: null });
    expect(log.runs).toEqual([run({ status: 'unknown' })]);
  });

  it('knows a kernel again that the page left and came back to', () => {
    kernel.run('x = 1', 1, 'console');
    log.left();
    expect([log.session, log.runs]).toEqual([null, []]);
    kernel.run('y = 2', 2, 'console');
    expect(log.session).toBe('kernel-1');
    expect(log.runs).toEqual([
      run({ execution_count: 2, source: 'y = 2', cell_id: null })
    ]);
  });

  it('does not give a console’s run to a queued cell of the same source', () => {
    log.scheduled('a', 'x = 1');
    kernel.run('x = 1', 1, 'console');
    kernel.run('x = 1', 2);
    expect(log.runs).toEqual([
      run({ cell_id: null }),
      run({ execution_count: 2, cell_id: 'a' })
    ]);
  });

  it('drops what the server part knows, and tells the running one again', () => {
    log.scheduled('a', 'x = 1');
    log.scheduled('b', 'y = 2');
    kernel.run('x = 1', 1);
    const request = kernel.begin('y = 2', 2);
    log.acknowledge('kernel-1', log.runs);
    const second = run({ execution_count: 2, source: 'y = 2', cell_id: 'b' });
    expect(log.runs).toEqual([{ ...second, status: 'running' }]);
    kernel.end(request);
    expect(log.runs).toEqual([second]);
  });

  it('keeps a run that ended while the server part answered', () => {
    log.scheduled('a', 'x = 1');
    const request = kernel.begin('x = 1', 1);
    const told = log.runs;
    kernel.end(request);
    log.acknowledge('kernel-1', told);
    expect(log.runs).toEqual([run({})]);
  });

  it('is empty after a restart, whatever still comes from the old kernel', () => {
    log.scheduled('a', 'x = 1');
    log.scheduled('b', 'y = 2');
    const request = kernel.begin('x = 1', 1);
    log.restarted();
    expect([log.session, log.runs]).toEqual([null, []]);
    kernel.end(request);
    expect(log.session).toBe(null);
    kernel.session = 'kernel-2';
    kernel.run('y = 2', 1, 'console');
    expect(log.session).toBe('kernel-2');
    expect(log.runs).toEqual([run({ source: 'y = 2', cell_id: null })]);
  });

  it('notices a restart that nobody announced', () => {
    kernel.run('x = 1', 1, 'console');
    kernel.session = 'kernel-2';
    kernel.run('z = 3', 1, 'console');
    expect(log.runs).toEqual([run({ source: 'z = 3', cell_id: null })]);
  });

  it('does not take the server’s own session for the kernel’s', () => {
    kernel.run('x = 1', 1, 'console');
    const state = { execution_state: 'restarting' };
    kernel.publish('status', state, '', '', 'server');
    expect(log.session).toBe('kernel-1');
  });

  it('acknowledges nothing of another session', () => {
    kernel.run('x = 1', 1, 'console');
    log.acknowledge('kernel-0', log.runs);
    expect(log.runs).toEqual([run({ cell_id: null })]);
  });
});
