/** Writes an answer the way HubSpot does: its content type, and one correlation id in both header and body. */
import type { Response } from 'express';
import type { Reply } from './call.ts';

const JSON_TYPE = 'application/json;charset=utf-8';

/** OAuth errors say `error`, others `status: "error"`; an event size error says `status: 400`. All carry the id. */
function withCorrelationId(body: unknown, status: number, correlationId: string): unknown {
  if (status < 400 || typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return { ...body, correlationId };
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
