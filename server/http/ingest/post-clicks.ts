// POST /v1/clicks: one click or up to 1,000 of them. Answers 202 as soon as they are safe; a bad row costs only itself.
import type { RequestHandler } from 'express';
import { clickBatchSchema, maxClicksPerRequest } from '../../contract/click.ts';
import type { Context } from '../../flows/context.ts';
import { recordClicks } from '../../flows/record-clicks.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { bodyOf } from '../middleware/json-body.ts';
import { rowsOf, sendReceipts } from './rows.ts';

const batch = { name: 'clicks', schema: clickBatchSchema, max: maxClicksPerRequest } as const;

export function postClicks(context: Context): RequestHandler {
  return async (req, res) => {
    const rows = rowsOf(bodyOf(req), batch);
    const { workspaceId } = callerOf(res);
    sendReceipts(res, batch.name, await recordClicks(context, { workspaceId, rows, via: 'api' }));
  };
}
