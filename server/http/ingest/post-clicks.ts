// POST /v1/clicks: one click or up to 1,000 of them. Answers 202 as soon as they are safe; a bad row costs only itself.
import type { RequestHandler } from 'express';
import { clickBatchSchema, maxClicksPerRequest } from '../../contract/click.ts';
import { CodedError } from '../../errors.ts';
import type { Context } from '../../flows/context.ts';
import { recordClicks, type ClickReceipt } from '../../flows/record-clicks.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { bodyOf, parseInput } from '../middleware/json-body.ts';

export function postClicks(context: Context): RequestHandler {
  return async (req, res) => {
    const rows = rowsOf(bodyOf(req));
    const { workspaceId } = callerOf(res);
    const results = await recordClicks(context, { workspaceId, rows, via: 'api' });
    const rejected = results.filter((receipt) => receipt.status === 'rejected');
    if (rejected.length === results.length) throw allRefused(rejected);
    const duplicates = results.filter((receipt) => receipt.status === 'duplicate').length;
    const accepted = results.length - rejected.length - duplicates;
    res.status(202).json({ accepted, duplicates, rejected: rejected.length, results });
  };
}

function rowsOf(body: unknown): unknown[] {
  const isBatch = typeof body === 'object' && body !== null && 'clicks' in body;
  if (!isBatch) return [body];
  const { clicks } = parseInput(clickBatchSchema, body);
  if (clicks.length <= maxClicksPerRequest) return clicks;
  const message = `clicks: at most ${maxClicksPerRequest} in one request, got ${clicks.length}.`;
  throw new CodedError('payload_too_large', message, { field: 'clicks' });
}

function allRefused(rejected: ClickReceipt[]): CodedError {
  const [first] = rejected;
  const { code = 'invalid_request', message = 'The click was refused.', field } = first?.error ?? {};
  if (rejected.length === 1) return new CodedError(code, message, field === undefined ? {} : { field });
  return new CodedError('invalid_request', `All ${rejected.length} clicks were refused. The first: ${message}`, {
    ...(field === undefined ? {} : { field }),
    details: { results: rejected },
  });
}
