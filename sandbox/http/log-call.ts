/** Opens the log entry of a call. Tokens in legacy paths are blanked: the log never holds one. */
import type { Request } from 'express';
import type { SandboxContext } from '../context.ts';
import { bearerOf } from '../middleware/authenticate.ts';
import type { LogEntry } from '../middleware/request-log.ts';
import { canonicalType } from '../state/object-types.ts';
import type { Route } from './call.ts';
import { newCorrelationId } from './correlation.ts';
import type { Incoming } from './incoming.ts';

const blanked = (path: string): string => path.replace(/\/(access|refresh)-tokens\/[^/]+/, '/$1-tokens/*');

export const pathOf = (request: Request): string => request.originalUrl.split('?', 1)[0] ?? '/';

function routeName(request: Request, route: Route | null, canonical: string): string {
  if (route === null) return `${request.method} ${blanked(canonical)}`;
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

export function openEntry(context: SandboxContext, incoming: Incoming, route: Route | null): LogEntry {
  const { request, version, canonical } = incoming;
  const now = context.now();
  const token = context.state.accessTokens.get(bearerOf(request.headers.authorization) ?? '');
  return context.log.add({
    at: now,
    method: request.method,
    path: blanked(pathOf(request)),
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
