/** Request bodies against their schema. What does not fit gets HubSpot's "Invalid input JSON" answer, naming the field. */
import type * as z from 'zod';
import { apiError } from './api-error.ts';

export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? 'body' : issue.path.join('.');
  throw apiError(400, { message: `Invalid input JSON on line 1, column 1: ${where}: ${issue?.message ?? 'invalid'}` });
}
