/** The routes of docs/interface.md as typed functions. */
import { ServerConnection } from '@jupyterlab/services';

import { request } from './request';
import type { Reader } from './shape';
import {
  readExtraction,
  readFixing,
  readJob,
  readPage,
  readReport,
  readStarted,
  readUndone,
  type IApplyRequest,
  type IExtractRequest,
  type IExtraction,
  type IFixing,
  type IFixRequest,
  type ILive,
  type INotebookReport,
  type IPage,
  type IUndone,
  type IUndoRequest,
  type IVerifyJob,
  type IVerifyRequest
} from './tokens';

/** Every call rejects with an `ApiError`. */
export interface IApi {
  check(live: ILive): Promise<INotebookReport>;
  page(check: string): Promise<IPage>;
  startVerify(body: IVerifyRequest): Promise<{ readonly id: string }>;
  verifyJob(id: string): Promise<IVerifyJob>;
  cancelVerify(id: string): Promise<void>;
  fix(body: IFixRequest): Promise<IFixing>;
  extract(body: IExtractRequest): Promise<IExtraction>;
  apply(body: IApplyRequest): Promise<IExtraction>;
  undo(body: IUndoRequest): Promise<IUndone>;
}

const nothing: Reader<void> = () => undefined;

export function serverApi(settings: ServerConnection.ISettings): IApi {
  const get = <T>(path: string, read: Reader<T>) =>
    request({ method: 'GET', path }, read, settings);
  const post = <T>(path: string, body: object, read: Reader<T>) =>
    request({ method: 'POST', path, body }, read, settings);
  const job = (id: string) => `verify/${encodeURIComponent(id)}`;
  return {
    check: live => post('check', live, readReport),
    page: check => get(`checks/${encodeURIComponent(check)}`, readPage),
    startVerify: body => post('verify', body, readStarted),
    verifyJob: id => get(job(id), readJob),
    cancelVerify: id =>
      request({ method: 'DELETE', path: job(id) }, nothing, settings),
    fix: body => post('fix', body, readFixing),
    extract: body => post('extract', body, readExtraction),
    apply: body => post('apply', body, readExtraction),
    undo: body => post('undo', body, readUndone)
  };
}
