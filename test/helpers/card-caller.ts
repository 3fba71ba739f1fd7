// Calls the Card API as hubspot.fetch does: HubSpot appends who asks, signs the whole address, and sends it.
import { createHmac } from 'node:crypto';
import { request } from 'node:http';

export interface CardReply {
  status: number;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
  bytes: number;
  ms: number;
}

export interface CardCall {
  method?: string;
  body?: unknown;
  /** What HubSpot appends; the user who connected the account is 1. */
  portalId?: number;
  userId?: number;
  appId?: number | null;
  headers?: Record<string, string>;
}

export type CardCaller = (path: string, call?: CardCall) => Promise<CardReply>;

interface Caller {
  url: string;
  publicUrl: string;
  secret: string;
  portalId: number;
  appId: number;
  now: () => number;
}

export function makeCardCaller(caller: Caller): CardCaller {
  return (path, call = {}) => {
    const { method = 'GET', body, portalId = caller.portalId, userId = 1, appId = caller.appId } = call;
    const identity = new URLSearchParams({
      userId: String(userId),
      userEmail: `user${userId}@example.com`,
      portalId: String(portalId),
      ...(appId === null ? {} : { appId: String(appId) }),
    });
    const address = `/card/v1${path}${path.includes('?') ? '&' : '?'}${identity.toString()}`;
    const text = body === undefined ? '' : JSON.stringify(body);
    const headers = { ...signatureOf(caller, { method, address, text }), ...call.headers };
    return send({ url: caller.url, method, address, text, headers });
  };
}

interface Unsigned {
  method: string;
  address: string;
  text: string;
}

export function signatureOf(
  { secret, publicUrl, now }: Pick<Caller, 'secret' | 'publicUrl' | 'now'>,
  { method, address, text }: Unsigned,
): Record<string, string> {
  const at = String(now());
  const signature = createHmac('sha256', secret).update(`${method}${publicUrl}${address}${text}${at}`).digest('base64');
  return { 'x-hubspot-signature-v3': signature, 'x-hubspot-request-timestamp': at };
}

export interface Sent extends Unsigned {
  url: string;
  headers: Record<string, string>;
}

/** Over plain HTTP: no client that tidies the address up. */
export function send({ url, method, address, text, headers }: Sent): Promise<CardReply> {
  const { hostname, port } = new URL(url);
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, method, path: address, headers: { ...headers, ...lengthOf(text) } },
      (reply) => {
        const chunks: Buffer[] = [];
        reply.on('data', (chunk: Buffer) => chunks.push(chunk));
        reply.on('end', () => {
          const raw = Buffer.concat(chunks);
          const isJson = String(reply.headers['content-type']).includes('json');
          resolve({
            status: reply.statusCode ?? 0,
            body: isJson ? (JSON.parse(raw.toString('utf8')) as unknown) : raw.toString('utf8'),
            headers: reply.headers,
            bytes: raw.length,
            ms: performance.now() - startedAt,
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end(text);
  });
}

function lengthOf(text: string): Record<string, string> {
  return text === '' ? {} : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(text)) };
}
