/**
 * `hubspot.fetch` as HubSpot does it: checks, appends who asks, signs, calls, and calls once more after a failed connection
 * or a 5xx. Redirects are not followed; 1 MB each way; 15 s.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxContext } from '../context.ts';
import { faultError, isBefore, takeFault } from '../middleware/faults.ts';
import { signatureHeaders } from '../webhooks/sign.ts';
import { refused, type FetchAnswer, type FetchRequest, type Outcome } from './fetch-schema.ts';
import { targetOf } from './permitted.ts';
import type { Project } from './project.ts';
import { viewersOf } from './view.ts';

const bytesMax = 1_000_000;
const attemptsMax = 2;
const slowMs = 3_000;

type Prepared = { url: string; method: string; body: string; authorization: string | null; secret: string };

/** Everything HubSpot checks before it calls anybody. */
function prepare({ state }: SandboxContext, project: Project, request: FetchRequest): Prepared | Outcome {
  const { portalId, appId, method } = request;
  const names = Object.keys(request.headers);
  if (names.some((name) => name.toLowerCase() !== 'authorization'))
    return refused('VALIDATION_ERROR', "Only the 'Authorization' header is allowed from hubspot.fetch().");
  const where = targetOf(request.url, { permitted: project.permitted.fetch, proxy: project.proxy });
  if ('refused' in where) return refused('VALIDATION_ERROR', where.refused);
  const { body } = request;
  if (body !== undefined && (typeof body !== 'object' || body === null))
    return refused('VALIDATION_ERROR', 'The body must be a JSON object.');
  const text = body === undefined || method === 'GET' ? '' : JSON.stringify(body);
  if (Buffer.byteLength(text) > bytesMax) return refused('VALIDATION_ERROR', 'The body is larger than 1 MB.');
  const app = state.apps.get(appId);
  const portal = state.portals.get(portalId);
  const user = portal && viewersOf(portal).find(({ userId }) => userId === request.userId);
  if (!app || !portal || !user)
    return refused('VALIDATION_ERROR', 'There is no such app, account or user in the sandbox.');

  const identity = new URLSearchParams({
    userId: String(user.userId),
    userEmail: user.email,
    portalId: String(portalId),
    appId: String(appId),
  });
  where.target.search += `${where.target.search === '' ? '?' : '&'}${identity.toString()}`;
  return {
    url: where.target.href,
    method,
    body: text,
    authorization: Object.values(request.headers)[0] ?? null,
    secret: app.clientSecret,
  };
}

async function readAtMost(response: Response, bytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > bytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function call(context: SandboxContext, prepared: Prepared, signal: AbortSignal): Promise<Outcome> {
  const { url, method, body, authorization, secret } = prepared;
  const signature = signatureHeaders(['v3'], { method, url, body, secret, now: context.now() });
  try {
    const response = await fetch(url, {
      method,
      headers: {
        'User-Agent': 'HubSpot Extensions',
        ...(body === '' ? {} : { 'Content-Type': 'application/json' }),
        ...(authorization === null ? {} : { Authorization: authorization }),
        ...signature,
      },
      ...(body === '' ? {} : { body }),
      redirect: 'manual',
      signal,
    });
    if (response.status >= 300 && response.status < 400)
      return refused('BAD_GATEWAY', `The server answered ${response.status}: redirects are not followed.`);
    const text = await readAtMost(response, bytesMax);
    if (text === null) return refused('BAD_GATEWAY', 'The answer is larger than 1 MB.');
    return { kind: 'answer', status: response.status, contentType: response.headers.get('content-type'), body: text };
  } catch (error) {
    if (signal.aborted) return refused('TIMEOUT', 'The server did not answer in time.');
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : '';
    return refused('CONNECTION_ERROR', `The server cannot be reached. ${cause}`.trim());
  }
}

const serverError: Outcome = {
  kind: 'answer',
  status: 500,
  contentType: 'application/json',
  body: '{"error":{"code":"preview_fault","message":"The preview was switched to server errors."}}',
};

/** One attempt, with what the reader switched the network to and the faults a test planted on the server's path. */
async function attempt(context: SandboxContext, prepared: Prepared, request: FetchRequest, signal: AbortSignal) {
  if (request.network === 'slow') await sleep(slowMs, undefined, { ref: false });
  if (request.network === 'offline') return refused('CONNECTION_ERROR', 'The server cannot be reached.');
  if (request.network === 'error') return serverError;
  const path = new URL(prepared.url).pathname;
  const fault = takeFault(context.state.faults, { method: prepared.method, paths: [path], portalId: request.portalId });
  if (fault === null) return call(context, prepared, signal);
  const { action } = fault;
  if (action.kind === 'delay') {
    await sleep(Math.min(action.ms, request.timeoutMs), undefined, { ref: false });
    return signal.aborted ? refused('TIMEOUT', 'The server did not answer in time.') : call(context, prepared, signal);
  }
  // After: the server does its work and only its answer is lost.
  const worked = isBefore(action) ? null : await call(context, prepared, signal);
  if (action.kind === 'malformed' && worked?.kind === 'answer')
    return { ...worked, body: worked.body.slice(0, worked.body.length / 2) };
  if (action.kind === 'close') return refused('CONNECTION_ERROR', 'The connection was closed.');
  const planted = faultError(action);
  return planted === null
    ? serverError
    : { ...serverError, status: planted.status, body: JSON.stringify(planted.body) };
}

const isWorthAnother = (outcome: Outcome): boolean =>
  outcome.kind === 'answer' ? outcome.status >= 500 : outcome.category === 'CONNECTION_ERROR';

export async function forward(context: SandboxContext, project: Project, request: FetchRequest): Promise<FetchAnswer> {
  const startedAt = context.monotonicNow();
  const prepared = prepare(context, project, request);
  let outcome: Outcome | null = 'kind' in prepared ? prepared : null;
  let attempts = 0;
  if (!('kind' in prepared)) {
    const signal = AbortSignal.timeout(request.timeoutMs);
    while (attempts < attemptsMax && (outcome === null || isWorthAnother(outcome))) {
      attempts += 1;
      outcome = await attempt(context, prepared, request, signal);
    }
  }
  return { ...(outcome ?? serverError), attempts, ms: context.monotonicNow() - startedAt };
}
