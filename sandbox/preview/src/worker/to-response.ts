/** Turns what the sandbox's proxy saw into the `Response` that `hubspot.fetch` resolves with, or into the error it rejects with. */
import type { FetchAnswer } from '../protocol.ts';

/** A response with one of these statuses may have no body. */
const bodiless = new Set([101, 204, 205, 304]);

export function toResponse(answer: FetchAnswer): Response {
  if (answer.kind === 'refused') throw new Error(`${answer.category}: ${answer.message}`);
  const headers: Record<string, string> = answer.contentType === null ? {} : { 'content-type': answer.contentType };
  return new Response(bodiless.has(answer.status) ? null : answer.body, { status: answer.status, headers });
}
