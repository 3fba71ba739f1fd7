// What it means when HubSpot gave no usable answer: either nothing was sent, or nobody knows whether the work was done.
import { CodedError } from '../errors.ts';

/** Failures before the first byte of the request left: the address, the connection or TLS. */
const neverSentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const neverSentPatterns = [
  /^CERT_/,
  /^DEPTH_ZERO_SELF_SIGNED/,
  /^SELF_SIGNED_CERT/,
  /^UNABLE_TO_(GET|VERIFY)/,
  /^ERR_TLS_CERT/,
];

export function errorOfSilence(silence: {
  error: unknown;
  route: string;
  effect: 'read' | 'write';
  timeoutMs: number;
}): CodedError {
  const { error, route, effect, timeoutMs } = silence;
  const { code, connecting, aborted } = readFailure(error);
  // The client's own message holds the address, and addresses may hold an email: only the code goes on.
  const details = { status: 'no_answer', correlationId: null, route, cause: code };
  if (connecting) {
    return new CodedError(
      'hubspot_unreachable',
      `HubSpot could not be reached (${code}). Nothing was sent; it is tried again.`,
      { details },
    );
  }
  const what = aborted
    ? `HubSpot did not answer within ${timeoutMs} ms, or the call was stopped`
    : `The answer of HubSpot was lost or broken (${code})`;
  return effect === 'write'
    ? new CodedError(
        'hubspot_outcome_unknown',
        `${what}. The write may have been done; it is looked up before it is sent again.`,
        { details },
      )
    : new CodedError('hubspot_unavailable', `${what}. It is asked again.`, { details });
}

interface Failure {
  code: string;
  connecting: boolean;
  aborted: boolean;
}

function readFailure(error: unknown): Failure {
  if (!(error instanceof Error)) return { code: 'UNKNOWN', connecting: false, aborted: false };
  const named = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const code = named ?? (error instanceof SyntaxError ? 'MALFORMED_JSON' : error.name);
  // ETIMEDOUT and ECONNRESET are ambiguous; the client's sentence says when they befell the connecting itself.
  const connecting =
    neverSentCodes.has(code) ||
    neverSentPatterns.some((pattern) => pattern.test(code)) ||
    / reason: connect E| before secure TLS connection/.test(error.message);
  return { code, connecting, aborted: error.name === 'AbortError' };
}
