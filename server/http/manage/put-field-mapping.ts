// PUT /v1/connections/:connection_id/field-mapping: replaces all rows, or none when one of them cannot work in the portal.
import type { RequestHandler } from 'express';
import { fieldMappingSchema } from '../../contract/field-mapping.ts';
import { changeFieldMapping } from '../../flows/change-field-mapping.ts';
import type { Context } from '../../flows/context.ts';
import { parseBody } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';

export function putFieldMapping(context: Context): RequestHandler {
  return async (req, res) => {
    const { rows } = parseBody(fieldMappingSchema, req);
    res.json(await changeFieldMapping(context, { ...connectionKeyOf(req, res), rows }));
  };
}
