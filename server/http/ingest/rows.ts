// What the routes that take one row or a batch of them share: reading the rows, and answering with their receipts.
import type { Response } from 'express';
import type { z } from 'zod';
import { CodedError, type ErrorCode } from '../../errors.ts';
import { parseInput } from '../middleware/json-body.ts';

interface RowsOf<Name extends string> {
  /** The field a batch comes in, and the word for its rows: `clicks`. */
  name: Name;
  schema: z.ZodType<Record<Name, unknown[]>>;
  max: number;
}

/** The body itself is the one row, unless it has the field of a batch. */
export function rowsOf<Name extends string>(body: unknown, { name, schema, max }: RowsOf<Name>): unknown[] {
  const isBatch = typeof body === 'object' && body !== null && name in body;
  if (!isBatch) return [body];
  const rows = parseInput(schema, body)[name];
  if (rows.length <= max) return rows;
  throw new CodedError('payload_too_large', `${name}: at most ${max} in one request, got ${rows.length}.`, {
    field: name,
  });
}

interface Receipt {
  status: 'accepted' | 'duplicate' | 'rejected';
  error?: { code: ErrorCode; message: string; field?: string };
}

/** 202 with all receipts; throws when every row was refused. */
export function sendReceipts(res: Response, name: string, results: readonly Receipt[]): void {
  const rejected = results.filter(({ status }) => status === 'rejected');
  if (rejected.length === results.length) throw allRefused(name, rejected);
  const duplicates = results.filter(({ status }) => status === 'duplicate').length;
  const accepted = results.length - rejected.length - duplicates;
  res.status(202).json({ accepted, duplicates, rejected: rejected.length, results });
}

function allRefused(name: string, rejected: readonly Receipt[]): CodedError {
  const { code = 'invalid_request', message = 'The row was refused.', field } = rejected[0]?.error ?? {};
  const named = field === undefined ? {} : { field };
  if (rejected.length === 1) return new CodedError(code, message, named);
  return new CodedError('invalid_request', `All ${rejected.length} ${name} were refused. The first: ${message}`, {
    ...named,
    details: { results: rejected },
  });
}
