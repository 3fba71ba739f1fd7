// What a failed call to HubSpot means, as one coded error. Pure: it reads an answer and never repeats property values, emails or tokens.
import { CodedError, type CodedErrorOptions, type ErrorCode } from '../errors.ts';
import { parseErrorBody, reasonOf, type ErrorBody } from './error-body.ts';

export interface FailedAnswer {
  status: number;
  headers: { get(name: string): string | null };
  body: unknown;
  route: string;
  /** A read can be asked again; a write may have been done although the answer says otherwise. */
  effect: 'read' | 'write';
}

const second = 1_000;
const waits = { burst: 10 * second, secondly: second, daily: 3_600 * second, lock: 2 * second, migration: 60 * second };

/** Gateways answer these when HubSpot behind them may well have done the work. */
const gatewayStatuses = new Set([408, 502, 504, 520, 521, 522, 523, 524, 525, 526, 527]);

/** The coded error for an answer of 300 or above. */
export function errorOfAnswer(answer: FailedAnswer): CodedError {
  const body = parseErrorBody(answer.body);
  const details = {
    status: answer.status,
    correlationId: body.correlationId ?? answer.headers.get('x-hubspot-correlation-id'),
    route: answer.route,
    ...(body.category === undefined ? {} : { category: body.category }),
    ...(body.reason === undefined ? {} : { reason: body.reason }),
  };
  const make = (code: ErrorCode, message: string, more: CodedErrorOptions = {}): CodedError =>
    new CodedError(code, message, { ...more, details: { ...details, ...more.details } });
  const retryAfterMs = parseRetryAfter(answer.headers.get('retry-after'));

  switch (answer.status) {
    case 401:
      return make(
        'hubspot_token_rejected',
        'HubSpot refused the access token. A fresh one is fetched before the next try.',
      );
    case 403:
      return insufficientPermissions(make, body);
    case 404:
      return make('hubspot_not_found', 'HubSpot has no such record. It may have been deleted.');
    case 409:
      return make('hubspot_conflict', `HubSpot already has this.${reasonOf(body)}`, {
        details: body.existingId === undefined ? {} : { existingId: body.existingId },
      });
    case 423:
      return make('hubspot_locked', 'HubSpot holds a lock on these records. They are tried again in a moment.', {
        retryAfterMs: retryAfterMs ?? waits.lock,
      });
    case 429: {
      const policy = body.policyName ?? 'UNNAMED';
      return make(
        'hubspot_rate_limited',
        `HubSpot asks the app to slow down (${policy}). The work waits and goes out by itself.`,
        {
          retryAfterMs: retryAfterMs ?? waitOfPolicy(policy),
          details: { policy },
        },
      );
    }
    case 477:
      return make(
        'hubspot_migrating',
        'HubSpot is moving this account to another data centre. The work waits until that is done.',
        {
          retryAfterMs: retryAfterMs ?? waits.migration,
        },
      );
  }
  if (gatewayStatuses.has(answer.status) && answer.effect === 'write') {
    return make(
      'hubspot_outcome_unknown',
      `HubSpot's gateway answered ${answer.status}: the write may have been done. It is looked up before it is sent again.`,
    );
  }
  if (answer.status >= 500 || gatewayStatuses.has(answer.status)) {
    return make(
      'hubspot_unavailable',
      `HubSpot answered ${answer.status}. The call is tried again later.`,
      retryAfterMs === undefined ? {} : { retryAfterMs },
    );
  }
  if (answer.status < 400) {
    return make('hubspot_unavailable', `HubSpot answered with a redirect (${answer.status}). Check HUBSPOT_API_URL.`);
  }
  return make('hubspot_validation', `HubSpot refused the values (${answer.status}).${reasonOf(body)}`, {
    details: { errors: body.errors },
  });
}

/** The coded error of one failed row of a 207 answer. */
export function errorOfRow({ row, route }: { row: unknown; route: string }): CodedError {
  const status = rowStatuses[parseErrorBody(row).category ?? ''] ?? 400;
  return errorOfAnswer({ status, headers: { get: () => null }, body: row, route, effect: 'write' });
}

const rowStatuses: Record<string, number> = {
  OBJECT_NOT_FOUND: 404,
  CONFLICT: 409,
  OBJECT_ALREADY_EXISTS: 409,
  MISSING_SCOPES: 403,
  RATE_LIMITS: 429,
};

function insufficientPermissions(
  make: (code: ErrorCode, message: string, more: CodedErrorOptions) => CodedError,
  body: ErrorBody,
): CodedError {
  const named = body.scopes.length === 0 ? '' : ` (${body.scopes.join(', ')})`;
  return make(
    'hubspot_insufficient_permissions',
    `The app lacks rights in this HubSpot account${named}: reconnect as a super admin.`,
    {
      details: { scopes: body.scopes },
    },
  );
}

function waitOfPolicy(policy: string): number {
  if (/DAILY/i.test(policy)) return waits.daily;
  return /^SECONDLY/i.test(policy) ? waits.secondly : waits.burst;
}

/** HubSpot gives `Retry-After` in seconds. */
function parseRetryAfter(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  return Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * second) : undefined;
}
