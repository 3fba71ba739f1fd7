/**
 * One API call from request to answer: log, fault, token, limit, scope, work, answer.
 * The only place where handlers meet Express.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Request, Response } from 'express';
import type { SandboxContext } from '../context.ts';
import { authenticatePortal, bearerOf, requireScope } from '../middleware/authenticate.ts';
import { faultError, isBefore, takeFault } from '../middleware/faults.ts';
import type { LogEntry } from '../middleware/request-log.ts';
import { canonicalType } from '../state/object-types.ts';
import type { Fault } from '../state/faults.ts';
import { ApiError, apiError, resourceNotFound } from './api-error.ts';
import type { ApiVersion } from './api-paths.ts';
import type { OpenCall, Reply, Route } from './call.ts';
import { newCorrelationId } from './correlation.ts';
import type { ReadBody } from './read-body.ts';
import { send } from './send.ts';

type Incoming = ReadBody & {
  request: Request;
  response: Response;
  version: ApiVersion;
  /** Path without a version. */
  canonical: string;
};

function routeName(request: Request, route: Route | null, canonical: string): string {
  if (route === null) return `${request.method} ${canonical}`;
  const path = route.path.replace(/:(objectType|from|to)\b/g, (placeholder, name: string) => {
    const value = request.params[name];
    return typeof value === 'string' ? (canonicalType(value) ?? placeholder) : placeholder;
  });
  return `${request.method} ${path}`;
}

function inputsOf(body: unknown): number | null {
  if (typeof body !== 'object' || body === null || !('inputs' in body)) return null;
  return Array.isArray(body.inputs) ? body.inputs.length : null;
}

function openEntry(context: SandboxContext, incoming: Incoming, route: Route | null): LogEntry {
  const { request, version, canonical } = incoming;
  const now = context.now();
  const token = context.state.accessTokens.get(bearerOf(request.headers.authorization) ?? '');
  return context.log.add({
    at: now,
    method: request.method,
    path: request.originalUrl.split('?', 1)[0] ?? '/',
    route: routeName(request, route, canonical),
    version,
    portalId: token?.portalId ?? null,
    appId: token?.appId ?? null,
    inputs: inputsOf(incoming.body),
    status: null,
    durationMs: null,
    faultId: null,
    correlationId: newCorrelationId(now, context.randomBytes(10)),
  });
}

/** OAuth v1 ends in February 2027; the switch shows how that will look. */
function refuseEndedVersion(context: SandboxContext, version: ApiVersion): void {
  const { oauthV1 } = context.state.switches;
  if (version !== 'v1' || oauthV1 === 'open') return;
  if (oauthV1 === 'gone') throw apiError(410, { message: 'This API version is no longer available.' });
  throw resourceNotFound();
}

/** The clock behind the rate limits. */
const rateTime = (context: SandboxContext): number =>
  context.state.switches.rateClock === 'sandbox' ? context.now() : context.monotonicNow();

function perform(context: SandboxContext, incoming: Incoming, route: Route | null): Reply {
  const { request, version } = incoming;
  refuseEndedVersion(context, version);
  if (route === null) throw resourceNotFound();
  const now = context.now();
  const call: OpenCall = {
    context,
    now,
    version,
    params: request.params as Record<string, string>,
    query: new URLSearchParams(request.originalUrl.split('?')[1] ?? ''),
    headers: request.headers,
    body: incoming.body,
  };
  if (!('scopes' in route)) {
    if (incoming.error !== null) throw incoming.error;
    return route.run(call);
  }
  const { token, portal } = authenticatePortal(context, request.headers.authorization, now);
  const bucket = route.bucket ?? 'burst';
  const limits = context.limiter.admit({ portal, appId: token.appId, bucket, now: rateTime(context) });
  try {
    requireScope(token, route.scopes(call.params));
    if (incoming.error !== null) throw incoming.error;
    const reply = route.run({ ...call, portal, token });
    return { ...reply, headers: { ...limits, ...reply.headers } };
  } catch (error) {
    if (error instanceof ApiError) throw new ApiError(error.status, error.body, { ...limits, ...error.headers });
    throw error;
  }
}

function replyOf(work: () => Reply): Reply {
  try {
    return work();
  } catch (error) {
    if (error instanceof ApiError) return { status: error.status, body: error.body, headers: error.headers };
    throw error;
  }
}

/** `/crm/objects/0-1/batch/read` is `/crm/objects/contacts/batch/read` too. */
const named = (path: string): string =>
  path
    .split('/')
    .map((segment) => canonicalType(segment) ?? segment)
    .join('/');

async function meetFault(fault: Fault, response: Response): Promise<Reply | 'closed' | null> {
  const { action } = fault;
  if (action.kind === 'delay') await sleep(action.ms, undefined, { ref: false });
  if (action.kind !== 'close') {
    const error = faultError(action);
    return error === null ? null : { status: error.status, body: error.body, headers: error.headers };
  }
  response.destroy();
  return 'closed';
}

/** Answers one API call. `route` null: no such path. */
export async function handle(context: SandboxContext, incoming: Incoming, route: Route | null): Promise<void> {
  const { request, response, canonical } = incoming;
  const entry = openEntry(context, incoming, route);
  context.log.count(entry);
  if (entry.portalId !== null && route !== null && 'scopes' in route)
    context.limiter.arrive(entry.portalId, route.bucket ?? 'burst', rateTime(context));
  const startedAt = context.monotonicNow();
  response.once('close', () => {
    entry.durationMs = context.monotonicNow() - startedAt;
    if (response.writableFinished) entry.status = response.statusCode;
  });
  const fault = takeFault(context.state.faults, {
    method: request.method,
    paths: [entry.path, canonical, named(canonical)],
    portalId: entry.portalId,
  });
  entry.faultId = fault?.id ?? null;
  const malformed = fault?.action.kind === 'malformed';
  const before = fault !== null && isBefore(fault.action) ? await meetFault(fault, response) : null;
  if (before === 'closed') return;
  const worked = before ?? replyOf(() => perform(context, incoming, route));
  const after = fault !== null && !isBefore(fault.action) ? await meetFault(fault, response) : null;
  if (after === 'closed') return;
  send(response, { reply: after ?? worked, correlationId: entry.correlationId, malformed });
}
