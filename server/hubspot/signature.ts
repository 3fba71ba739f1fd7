// Is a request really from HubSpot? Plain functions over its method, public address, headers and raw bytes; no Express, no clock.
// Facts: https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { CodedError } from '../errors.ts';

export const signatureVersions = ['v3', 'v2', 'v1'] as const;
export type SignatureVersion = (typeof signatureVersions)[number];

export interface SignedRequest {
  method: string;
  /** The public address HubSpot called, path and query exactly as received. Never made from the Host header. */
  uri: string;
  /** The bytes as received; empty when there were none. */
  body: Buffer;
  /** A header by its lower-case name. */
  header: (name: string) => string | undefined;
}

export interface SignatureCheck {
  request: SignedRequest;
  /** The client secret, and during rotation the one before. */
  secrets: readonly string[];
  /** Versions that are enough, the strongest first. */
  accept: readonly SignatureVersion[];
  now: number;
}

export type SignatureProblem = 'missing' | 'malformed' | 'stale' | 'future' | 'mismatch';

const windowMs = 5 * 60_000;

const words: Record<SignatureProblem, string> = {
  missing: 'The request carries no signature of HubSpot that is accepted here.',
  malformed: 'The signature or its timestamp is not in the form HubSpot sends.',
  stale: 'The signature is more than five minutes old.',
  future: 'The signature is dated more than five minutes ahead. Check the clock of this server.',
  mismatch:
    'The signature does not match. Check HUBSPOT_CLIENT_SECRET, PUBLIC_URL, and proxies that rewrite addresses.',
};

/** Throws `unauthorized` with the problem in its details. A missing or empty secret is our own mistake and throws `internal`. */
export function assertSignature(check: SignatureCheck): void {
  const problem = signatureProblem(check);
  if (problem) throw new CodedError('unauthorized', words[problem], { details: { problem } });
}

/** The same as yes or no. */
export function isSigned(check: SignatureCheck): boolean {
  return signatureProblem(check) === null;
}

function signatureProblem({ request, secrets, accept, now }: SignatureCheck): SignatureProblem | null {
  if (secrets.length === 0 || secrets.some((secret) => secret.trim() === '')) {
    throw new CodedError('internal', 'HUBSPOT_CLIENT_SECRET is not set: no request of HubSpot can be verified.');
  }
  const version = accept.find((one) => signatureOf(request, one) !== undefined);
  if (version === undefined) return 'missing';
  const signature = signatureOf(request, version) ?? '';
  if (version !== 'v3') {
    if (!/^[0-9a-f]{64}$/i.test(signature)) return 'malformed';
    const given = Buffer.from(signature, 'hex');
    return secrets.some((secret) => isSame(given, legacyDigest(version, secret, request))) ? null : 'mismatch';
  }
  const timestamp = request.header('x-hubspot-request-timestamp') ?? '';
  const timeProblem = timestampProblem(timestamp, now);
  if (timeProblem) return timeProblem;
  if (!/^[A-Za-z0-9+/]{43}=$/.test(signature)) return 'malformed';
  const given = Buffer.from(signature, 'base64');
  // The documents decode some escapes before hashing, HubSpot's own libraries hash the address as it came: either is theirs.
  const uris = new Set([decodeDocumented(request.uri), request.uri]);
  const matches = secrets.some((secret) =>
    [...uris].some((uri) => isSame(given, digestV3({ secret, request, uri, timestamp }))),
  );
  return matches ? null : 'mismatch';
}

/** v1 and v2 share a header; a second one names the version. */
function signatureOf({ header }: SignedRequest, version: SignatureVersion): string | undefined {
  if (version === 'v3') return header('x-hubspot-signature-v3');
  return header('x-hubspot-signature-version')?.toLowerCase() === version ? header('x-hubspot-signature') : undefined;
}

function timestampProblem(timestamp: string, now: number): SignatureProblem | null {
  if (timestamp === '') return 'missing';
  if (!/^\d{13}$/.test(timestamp)) return 'malformed';
  const age = now - Number(timestamp);
  if (age > windowMs) return 'stale';
  return age < -windowMs ? 'future' : null;
}

const decoded: Record<string, string> = {
  '%3A': ':',
  '%2F': '/',
  '%3F': '?',
  '%40': '@',
  '%21': '!',
  '%24': '$',
  '%27': "'",
  '%28': '(',
  '%29': ')',
  '%2A': '*',
  '%2C': ',',
  '%3B': ';',
};

/** Exactly the escapes the documents name; everything else stays encoded. */
export function decodeDocumented(uri: string): string {
  return uri.replace(/%[0-9a-f]{2}/gi, (escape) => decoded[escape.toUpperCase()] ?? escape);
}

interface V3Input {
  secret: string;
  request: SignedRequest;
  uri: string;
  timestamp: string;
}

function digestV3({ secret, request, uri, timestamp }: V3Input): Buffer {
  const hmac = createHmac('sha256', secret).update(request.method.toUpperCase() + uri, 'utf8');
  return hmac.update(request.body).update(timestamp).digest();
}

/** No timestamp and, in v1, no address: anyone who saw one such request can send it again. */
function legacyDigest(version: 'v1' | 'v2', secret: string, { method, uri, body }: SignedRequest): Buffer {
  const before = version === 'v1' ? secret : secret + method.toUpperCase() + uri;
  return createHash('sha256').update(before, 'utf8').update(body).digest();
}

function isSame(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
