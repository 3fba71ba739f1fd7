/**
 * One API call from request to answer: log, planted fault, work, answer.
 * With perform.ts and send.ts the only place where handlers meet Express.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Response } from 'express';
import type { SandboxContext } from '../context.ts';
import { faultError, isBefore, takeFault } from '../middleware/faults.ts';
import { canonicalType } from '../state/object-types.ts';
import type { Fault } from '../state/faults.ts';
import { ApiError } from './api-error.ts';
import type { Reply, Route } from './call.ts';
import type { Incoming } from './incoming.ts';
import { openEntry, pathOf } from './log-call.ts';
import { perform, rateTime } from './perform.ts';
import { send } from './send.ts';

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
    paths: [pathOf(request), canonical, named(canonical)],
    portalId: entry.portalId,
  });
  entry.faultId = fault?.id ?? null;
  const malformed = fault?.action.kind === 'malformed';
  const before = fault !== null && isBefore(fault.action) ? await meetFault(fault, response) : null;
  if (before === 'closed') return;
  const worked = before ?? replyOf(() => perform(context, incoming, route));
  context.webhooks.collect(entry.portalId);
  const after = fault !== null && !isBefore(fault.action) ? await meetFault(fault, response) : null;
  if (after === 'closed') return;
  send(response, { reply: after ?? worked, correlationId: entry.correlationId, malformed });
}
