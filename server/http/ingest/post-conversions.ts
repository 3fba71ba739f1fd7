// POST /v1/conversions: one conversion or up to 1,000 of them. Answers 202 as soon as they are safe; a bad row costs only itself.
import type { RequestHandler } from 'express';
import { conversionBatchSchema, maxConversionsPerRequest } from '../../contract/conversion.ts';
import type { Context } from '../../flows/context.ts';
import { recordConversions } from '../../flows/record-conversions.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { bodyOf } from '../middleware/json-body.ts';
import { rowsOf, sendReceipts } from './rows.ts';

const batch = { name: 'conversions', schema: conversionBatchSchema, max: maxConversionsPerRequest } as const;

export function postConversions(context: Context): RequestHandler {
  return async (req, res) => {
    const rows = rowsOf(bodyOf(req), batch);
    const { workspaceId } = callerOf(res);
    sendReceipts(res, batch.name, await recordConversions(context, { workspaceId, rows, via: 'api' }));
  };
}
