/** Planted faults: which one meets this call, and what it does before or after the work. */
import { ApiError, apiError } from '../http/api-error.ts';
import type { Fault, FaultAction } from '../state/faults.ts';
import { rateLimited } from './rate-limiter.ts';

export type FaultTarget = { method: string; paths: readonly string[]; portalId: number | null };

/** `*` is one segment, `**` any number of them. */
function matchesPath(pattern: string, path: string): boolean {
  const source = pattern
    .split(/(\*\*|\*)/)
    .map((part) => (part === '**' ? '.*' : part === '*' ? '[^/]*' : part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${source}$`).test(path);
}

/** One step of mulberry32: the same seed always draws the same numbers. */
function draw(fault: Fault): number {
  fault.randomState = (fault.randomState + 0x6d2b79f5) | 0;
  let mixed = Math.imul(fault.randomState ^ (fault.randomState >>> 15), 1 | fault.randomState);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function hits(fault: Fault, target: FaultTarget): boolean {
  if (fault.count !== undefined && fault.hits >= fault.count) return false;
  if (fault.method !== undefined && fault.method !== target.method) return false;
  if (fault.portalId !== undefined && fault.portalId !== target.portalId) return false;
  if (!target.paths.some((path) => matchesPath(fault.path, path))) return false;
  fault.seen += 1;
  if (fault.seen <= fault.skip) return false;
  if (fault.probability < 1 && draw(fault) >= fault.probability) return false;
  fault.hits += 1;
  return true;
}

/** The first planted fault that meets this call. Finding it uses it up. */
export function takeFault(faults: Fault[], target: FaultTarget): Fault | null {
  return faults.find((fault) => hits(fault, target)) ?? null;
}

const retryAfter = (seconds: number | undefined): Record<string, string> =>
  seconds === undefined ? {} : { 'Retry-After': String(seconds) };

/** The answer a fault stands for, or null for faults that are not answers (delay, close, malformed). */
export function faultError(action: FaultAction): ApiError | null {
  switch (action.kind) {
    case 'status': {
      const message = action.status >= 500 ? 'internal error' : 'The request was refused.';
      const body = (action.body ?? { status: 'error', message }) as Record<string, unknown>;
      return new ApiError(action.status, body, retryAfter(action.retryAfterSeconds));
    }
    case 'rate-limit':
      return rateLimited(action.policy, retryAfter(action.retryAfterSeconds));
    case 'locked':
      return apiError(423, { message: 'The resource is locked. Wait at least 2 seconds before the next call.' });
    case 'migration':
      return new ApiError(
        477,
        { status: 'error', message: 'This account is being moved to another data hosting location.' },
        retryAfter(action.retryAfterSeconds),
      );
    default:
      return null;
  }
}

export function isBefore(action: FaultAction): boolean {
  return 'when' in action ? action.when === 'before' : action.kind !== 'malformed';
}
