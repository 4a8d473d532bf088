/** One HTTP call to the server part: JSON in, checked JSON out, or an `ApiError`. */
import { URLExt } from '@jupyterlab/coreutils';
import { ServerConnection } from '@jupyterlab/services';

import { ShapeError, type Reader } from './shape';
import { readProblem, type IProblem } from './tokens';

const NAMESPACE = 'jupyter-prodready';

/** The call failed; `status` is 0 where no answer came, `body` the answer's JSON. */
export class ApiError extends Error implements IProblem {
  constructor(
    readonly kind: IProblem['kind'],
    readonly status: number,
    message = '',
    readonly hint = '',
    readonly body: unknown = null
  ) {
    super(message);
  }
}

/** What a call needs: verb, path below our namespace, body. */
export interface ICall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: object;
}

export async function request<T>(
  call: ICall,
  read: Reader<T>,
  settings: ServerConnection.ISettings
): Promise<T> {
  const response = await send(call, settings);
  const body = await bodyOf(response);
  if (!response.ok) {
    throw errorOf(response.status, body);
  }
  try {
    return read(body, call.path);
  } catch (error) {
    if (error instanceof ShapeError) {
      throw new ApiError('mismatch', response.status, error.message);
    }
    throw error;
  }
}

async function send(
  call: ICall,
  settings: ServerConnection.ISettings
): Promise<Response> {
  const url = URLExt.join(settings.baseUrl, NAMESPACE, call.path);
  const init: RequestInit = { method: call.method };
  if (call.body) {
    init.body = JSON.stringify(call.body);
  }
  try {
    return await ServerConnection.makeRequest(url, init, settings);
  } catch (error) {
    if (error instanceof ServerConnection.NetworkError) {
      throw new ApiError('unreachable', 0, error.message);
    }
    throw error;
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const raw = await response.text();
  try {
    return raw ? JSON.parse(raw) : null;
  } catch {
    return null;
  }
}

/** Our own routes answer with a message and a hint; anything else is foreign. */
function errorOf(status: number, body: unknown): ApiError {
  try {
    const { message, hint } = readProblem(body, 'error');
    return new ApiError('refused', status, message, hint, body);
  } catch {
    const kind = status === 404 ? 'no-server-part' : 'http';
    return new ApiError(kind, status, String(status));
  }
}
