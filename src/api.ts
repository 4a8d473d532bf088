/** The routes of docs/interface.md as typed functions. */
import { ServerConnection, type Event } from '@jupyterlab/services';
import { Signal, type ISignal } from '@lumino/signaling';

import { request } from './request';
import type { Reader } from './shape';
import {
  readExtraction,
  readFixing,
  readFreshOutputs,
  readJob,
  readJobs,
  readJournal,
  readPage,
  readReport,
  readStarted,
  readSuggestions,
  readUndone,
  type IApplyRequest,
  type ICarryRequest,
  type IExtractRequest,
  type IExtraction,
  type IFixing,
  type IFixRequest,
  type IFreshOutputs,
  type IInstallRequest,
  type IJournalRequest,
  type ILive,
  type INotebookReport,
  type IPage,
  type IProofRequest,
  type ISuggestions,
  type IUndone,
  type IUndoRequest,
  type IUnfinished,
  type IVerifyJob,
  type IVerifyJobs,
  type IVerifyRequest
} from './tokens';

/** Every call rejects with an `ApiError`. */
export interface IApi {
  check(live: ILive): Promise<INotebookReport>;
  page(check: string): Promise<IPage>;
  startVerify(body: IVerifyRequest): Promise<{ readonly id: string }>;
  verifyJobs(): Promise<IVerifyJobs>;
  verifyJob(id: string): Promise<IVerifyJob>;
  cancelVerify(id: string): Promise<void>;
  freshOutputs(id: string, cellId: string): Promise<IFreshOutputs>;
  repairedOutputs(id: string, cellId: string): Promise<IFreshOutputs>;
  fix(body: IFixRequest): Promise<IFixing>;
  suggest(live: ILive): Promise<ISuggestions>;
  extract(body: IExtractRequest): Promise<IExtraction>;
  /** Starts the job that installs the project in the kernel's environment. */
  install(body: IInstallRequest): Promise<{ readonly id: string }>;
  prove(body: IProofRequest): Promise<{ readonly id: string }>;
  apply(body: IApplyRequest): Promise<IExtraction>;
  /** The import of what was proven ran: the runs of before count for the page as it is now. */
  carry(body: ICarryRequest): Promise<void>;
  undo(body: IUndoRequest): Promise<IUndone>;
  /** What was not made to the end on this page. */
  journal(
    body: IJournalRequest
  ): Promise<{ readonly unfinished: IUnfinished | null }>;
  finish(body: IUndoRequest): Promise<IUndone>;
  /** Emits the id of a job of which the server told that it went on. */
  readonly jobTold: ISignal<unknown, string>;
}

/** What the server's event about a job is called. */
export const JOB_EVENT =
  'https://schema.jupyter.org/jupyter_prodready/verification/v1';

const nothing: Reader<void> = () => undefined;

/** `events` are the server's; without them nobody tells how far a job is. */
export function serverApi(
  settings: ServerConnection.ISettings,
  events?: ISignal<unknown, Event.Emission>
): IApi {
  const get = <T>(path: string, read: Reader<T>) =>
    request({ method: 'GET', path }, read, settings);
  const post = <T>(path: string, body: object, read: Reader<T>) =>
    request({ method: 'POST', path, body }, read, settings);
  const job = (id: string) => `verify/${encodeURIComponent(id)}`;
  return {
    check: live => post('check', live, readReport),
    page: check => get(`checks/${encodeURIComponent(check)}`, readPage),
    jobTold: jobsOf(events),
    verifyJobs: () => get('verify', readJobs),
    startVerify: body => post('verify', body, readStarted),
    verifyJob: id => get(job(id), readJob),
    cancelVerify: id =>
      request({ method: 'DELETE', path: job(id) }, nothing, settings),
    freshOutputs: (id, cell) =>
      get(`${job(id)}/outputs/${encodeURIComponent(cell)}`, readFreshOutputs),
    repairedOutputs: (id, cell) =>
      get(`${job(id)}/repaired/${encodeURIComponent(cell)}`, readFreshOutputs),
    fix: body => post('fix', body, readFixing),
    suggest: live => post('suggest', live, readSuggestions),
    extract: body => post('extract', body, readExtraction),
    install: body => post('install', body, readStarted),
    prove: body => post('proof', body, readStarted),
    apply: body => post('apply', body, readExtraction),
    carry: body => post('carry', body, nothing),
    undo: body => post('undo', body, readUndone),
    journal: body => post('journal', body, readJournal),
    finish: body => post('finish', body, readUndone)
  };
}

function jobsOf(
  events: ISignal<unknown, Event.Emission> | undefined
): ISignal<unknown, string> {
  const told = new Signal<unknown, string>({});
  events?.connect((_, { job_id: id, schema_id: schema }) => {
    if (schema === JOB_EVENT && typeof id === 'string') {
      told.emit(id);
    }
  });
  return told;
}
