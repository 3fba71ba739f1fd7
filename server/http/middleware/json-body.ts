// Reads a JSON body of at most 1 MB and hands it to a schema. What is not JSON, too large or not valid is refused in words.
import express, { type Request, type RequestHandler } from 'express';
import type { z } from 'zod';
import { firstProblem } from '../../contract/problem.ts';
import { CodedError } from '../../errors.ts';

export const readJson: RequestHandler = express.json({ limit: '1mb' });

/** The body as the schema reads it; throws `invalid_request` that names the first field at fault. */
export function parseBody<S extends z.ZodType>(schema: S, req: Request): z.infer<S> {
  return parseInput(schema, bodyOf(req));
}

/** The same for parameters and queries. */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown, prefix = ''): z.infer<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { field, message } = firstProblem(parsed.error, prefix);
  const text = field === '' ? message : `${field}: ${message}`;
  throw new CodedError('invalid_request', text, field === '' ? {} : { field });
}

/** The parsed JSON, whatever it is. */
export function bodyOf(req: Request): unknown {
  // Express leaves the body undefined when there was none, or when it was not declared as JSON.
  if (req.body === undefined) {
    throw new CodedError('invalid_request', 'Send a JSON body with "Content-Type: application/json".');
  }
  return req.body as unknown;
}
