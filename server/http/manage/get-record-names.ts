// GET /v1/connections/:connection_id/record-names: what contacts and deals are called.
import type { RequestHandler } from 'express';
import { recordNamesQuerySchema } from '../../contract/record-names.ts';
import type { Context } from '../../flows/context.ts';
import { readRecordNames } from '../../flows/reading/record-names.ts';
import { parseInput } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';

export function getRecordNames(context: Context): RequestHandler {
  return async (req, res) => {
    const { contact_ids: contactIds = [], deal_ids: dealIds = [] } = parseInput(recordNamesQuerySchema, req.query);
    res.json(await readRecordNames(context, { ...connectionKeyOf(req, res), contactIds, dealIds }));
  };
}
