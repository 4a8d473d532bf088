/** A server for tests: answers what the test says, when the test says so. */
import { ServerConnection, type Event } from '@jupyterlab/services';
import { Signal } from '@lumino/signaling';

import { JOB_EVENT, serverApi, type IApi } from '../api';

export interface ICallSeen {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
  answer(body: unknown, status?: number): Promise<void>;
  /** The server cannot be reached. */
  breakOff(): Promise<void>;
}

export class FakeServer {
  readonly calls: ICallSeen[] = [];

  private readonly _events = new Signal<unknown, Event.Emission>({});

  /** Our real API over this server. */
  readonly api: IApi = serverApi(
    ServerConnection.makeSettings({
      baseUrl: 'http://localhost/user/a%40b/',
      fetch: (input: RequestInfo | URL, init?: RequestInit) =>
        this._fetch(input as Request)
    }),
    this._events
  );

  /** Tells everybody that this job went on. */
  tell(jobId: string): Promise<void> {
    this._events.emit({ schema_id: JOB_EVENT, job_id: jobId });
    return settle();
  }

  /** The latest call, which must be of this method and path. */
  last(method: string, path: string): ICallSeen {
    const call = this.calls[this.calls.length - 1];
    expect([call?.method, call?.path]).toEqual([method, path]);
    return call;
  }

  count(method: string, path: string): number {
    const alike = (call: ICallSeen) =>
      call.method === method && call.path === path;
    return this.calls.filter(alike).length;
  }

  private async _fetch(request: Request): Promise<Response> {
    const text = await request.text();
    const { pathname } = new URL(request.url);
    return new Promise((resolve, reject) => {
      this.calls.push({
        method: request.method,
        path: pathname.replace('/user/a%40b/jupyter-prodready/', ''),
        body: text ? JSON.parse(text) : null,
        answer: (body, status = 200) => {
          const content = status === 204 ? null : JSON.stringify(body);
          resolve(new Response(content, { status }));
          return settle();
        },
        breakOff: () => {
          reject(new TypeError('Failed to fetch'));
          return settle();
        }
      });
    });
  }
}

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
  await new Promise(resolve => setTimeout(resolve, 0));
}
