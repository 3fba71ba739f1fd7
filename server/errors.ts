// Coded errors: each code says the HTTP status, who can fix it, and what a delivery does about it.
// The meaning of every code for people stands in docs/failures.md under a heading of the same name.

/** Who can make the error go away. */
export type Fixer = 'caller' | 'admin' | 'operator' | 'hubspot' | 'nobody';

/**
 * What happens to a delivery that met the error:
 * `retry` with backoff, `hold_auth` until somebody reconnects, `hold_quota` until the budget is back (no attempt is counted),
 * `skip` with the reason, `dead` for a person to look at.
 */
export type OnDelivery = 'retry' | 'hold_auth' | 'hold_quota' | 'skip' | 'dead';

interface CodeFacts {
  status: number;
  fixer: Fixer;
  onDelivery: OnDelivery;
}

export const errorCodes = {
  // Callers of our API.
  invalid_request: { status: 400, fixer: 'caller', onDelivery: 'dead' },
  unauthorized: { status: 401, fixer: 'caller', onDelivery: 'dead' },
  forbidden: { status: 403, fixer: 'caller', onDelivery: 'dead' },
  not_found: { status: 404, fixer: 'caller', onDelivery: 'dead' },
  conflict: { status: 409, fixer: 'caller', onDelivery: 'dead' },
  payload_too_large: { status: 413, fixer: 'caller', onDelivery: 'dead' },
  rate_limited: { status: 429, fixer: 'caller', onDelivery: 'hold_quota' },
  rule_refused: { status: 422, fixer: 'caller', onDelivery: 'dead' },
  mapping_refused: { status: 422, fixer: 'caller', onDelivery: 'dead' },
  internal: { status: 500, fixer: 'operator', onDelivery: 'retry' },
  store_unavailable: { status: 503, fixer: 'operator', onDelivery: 'retry' },
  // Installing.
  oauth_state_invalid: { status: 400, fixer: 'admin', onDelivery: 'dead' },
  oauth_denied: { status: 403, fixer: 'admin', onDelivery: 'dead' },
  oauth_scope_missing: { status: 403, fixer: 'admin', onDelivery: 'hold_auth' },
  // Answers of HubSpot.
  hubspot_unreachable: { status: 502, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_outcome_unknown: { status: 502, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_unavailable: { status: 502, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_malformed_reply: { status: 502, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_rate_limited: { status: 503, fixer: 'hubspot', onDelivery: 'hold_quota' },
  hubspot_locked: { status: 503, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_migrating: { status: 503, fixer: 'hubspot', onDelivery: 'hold_quota' },
  hubspot_token_rejected: { status: 502, fixer: 'hubspot', onDelivery: 'retry' },
  hubspot_token_revoked: { status: 409, fixer: 'admin', onDelivery: 'hold_auth' },
  hubspot_insufficient_permissions: { status: 403, fixer: 'admin', onDelivery: 'hold_auth' },
  hubspot_not_found: { status: 404, fixer: 'admin', onDelivery: 'skip' },
  hubspot_conflict: { status: 409, fixer: 'nobody', onDelivery: 'dead' },
  provisioning_incomplete: { status: 503, fixer: 'admin', onDelivery: 'retry' },
  hubspot_validation: { status: 422, fixer: 'admin', onDelivery: 'dead' },
} as const satisfies Record<string, CodeFacts>;

export type ErrorCode = keyof typeof errorCodes;

export interface CodedErrorOptions {
  /** The request field at fault, as a path: `clicks.3.occurred_at`. */
  field?: string;
  /** Facts for machines; never a token, an email or a whole payload. */
  details?: Record<string, unknown>;
  /** How long the other side asked us to wait. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** The only error type thrown on purpose. Its message tells the reader what to do next. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly details: Record<string, unknown>;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: CodedErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CodedError';
    this.code = code;
    this.field = options.field;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }

  get facts(): CodeFacts {
    return errorCodes[this.code];
  }
}

/** True for a coded error, of one of the codes if any are given. */
export function isCoded(error: unknown, ...codes: ErrorCode[]): error is CodedError {
  return error instanceof CodedError && (codes.length === 0 || codes.includes(error.code));
}

/** Any thrown value as a coded error; what nobody expected becomes `internal` with the cause kept. */
export function toCoded(error: unknown): CodedError {
  if (error instanceof CodedError) return error;
  return new CodedError('internal', 'Something went wrong on our side. The event is kept and will be tried again.', {
    cause: error,
  });
}
