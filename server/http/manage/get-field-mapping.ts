// GET /v1/connections/:connection_id/field-mapping
import type { RequestHandler } from 'express';
import { readFieldMapping } from '../../flows/change-field-mapping.ts';
import type { Context } from '../../flows/context.ts';
import { connectionKeyOf } from './connection-key.ts';

export function getFieldMapping(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(await readFieldMapping(context, connectionKeyOf(req, res)));
  };
}
