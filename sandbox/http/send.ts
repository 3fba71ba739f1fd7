/** Writes an answer the way HubSpot does: its content type, and one correlation id in both header and body. */
import type { Response } from 'express';
import type { Reply } from './call.ts';

const JSON_TYPE = 'application/json;charset=utf-8';

/** Errors carry the id, and some 429s carry it twice. An event size error (`status: 400`) carries none. */
function withCorrelationId(body: unknown, status: number, correlationId: string): unknown {
  if (status < 400 || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  if ('status' in body && typeof body.status === 'number') return body;
  return 'requestId' in body ? { ...body, correlationId, requestId: correlationId } : { ...body, correlationId };
}

export function send(
  response: Response,
  answer: { reply: Reply; correlationId: string; malformed?: boolean | undefined },
): void {
  const { reply, correlationId } = answer;
  const headers: Record<string, string> = { 'x-hubspot-correlation-id': correlationId, ...reply.headers };
  if (reply.body === undefined) {
    response.writeHead(reply.status, headers).end();
    return;
  }
  const text = JSON.stringify(withCorrelationId(reply.body, reply.status, correlationId));
  const sent = answer.malformed === true ? text.slice(0, Math.max(1, Math.floor(text.length / 2))) : text;
  response.writeHead(reply.status, { ...headers, 'Content-Type': JSON_TYPE }).end(sent);
}
