/** Makes sense of a request body: JSON for the API, form fields for the token endpoints. Says where JSON breaks. */
import type { Request } from 'express';
import { apiError, type ApiError } from './api-error.ts';

export type ReadBody = { body: unknown; error: ApiError | null };

/** HubSpot names line and column of the first thing that does not fit. Where the parser names none, the end of the text stands in. */
function badJson(text: string, reason: string): ApiError {
  const position = /position (\d+)/.exec(reason)?.[1];
  const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return apiError(400, { message: `Invalid input JSON on line ${before.length}, column ${column}: ${reason}` });
}

export function readBody(request: Request): ReadBody {
  const text: unknown = request.body;
  if (typeof text !== 'string' || text === '') return { body: undefined, error: null };
  if (request.is('application/x-www-form-urlencoded') !== false)
    return { body: Object.fromEntries(new URLSearchParams(text)), error: null };
  try {
    return { body: JSON.parse(text) as unknown, error: null };
  } catch (error) {
    return { body: undefined, error: badJson(text, error instanceof Error ? error.message : 'not JSON') };
  }
}
