// The one way to the server. Refusals become an ApiError with the server's own words; what the network loses becomes one too.
import type { ErrorReply } from './contract.ts';

export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  /** The part of the request at fault: `utm.source`. */
  readonly field: string | undefined;
  readonly requestId: string | undefined;
  readonly details: Record<string, unknown>;

  constructor(status: number, { code, message, field, details, request_id: requestId }: Partial<ErrorReply['error']>) {
    super(message ?? 'The server answered in a way the console does not understand. Try again.');
    this.name = 'ApiError';
    this.status = status;
    this.code = code ?? 'unknown_answer';
    this.field = field;
    this.requestId = requestId;
    this.details = details ?? {};
  }
}

export type Query = Record<string, string | number | boolean | undefined>;

interface CallOptions {
  query?: Query;
  body?: unknown;
  /** Sent as it is, instead of JSON. */
  text?: { type: string; content: string };
  signal?: AbortSignal | undefined;
}

/** `/v1/links` with `{ q: 'a b', cursor: undefined }` is `/v1/links?q=a+b`. */
export function addressOf(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function call<T>(method: string, path: string, { query, body, text, signal }: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (text) headers['content-type'] = text.type;
  let reply: Response;
  try {
    reply = await fetch(addressOf(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(text ? { body: text.content } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, {
      code: 'no_network',
      message: 'The server cannot be reached. Check your network and try again.',
    });
  }
  if (reply.status === 204) return undefined as T;
  const answer: unknown = await reply.json().catch(() => null);
  if (!reply.ok) throw new ApiError(reply.status, (answer as ErrorReply | null)?.error ?? {});
  return answer as T;
}

export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('GET', path, { ...(query ? { query } : {}), signal }),
  post: <T>(path: string, body: unknown = {}) => call<T>('POST', path, { body }),
  postText: <T>(path: string, text: { type: string; content: string }, query: Query = {}) =>
    call<T>('POST', path, { text, query }),
  put: <T>(path: string, body: unknown) => call<T>('PUT', path, { body }),
  patch: <T>(path: string, body: unknown) => call<T>('PATCH', path, { body }),
  delete: <T>(path: string) => call<T>('DELETE', path),
};
