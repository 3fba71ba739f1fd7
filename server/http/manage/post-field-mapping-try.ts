// POST /v1/connections/:connection_id/field-mapping/try: what a mapping would change on a real contact. Nothing is written.
import type { RequestHandler } from 'express';
import { tryFieldMappingSchema } from '../../contract/portal-metadata.ts';
import type { Context } from '../../flows/context.ts';
import { tryFieldMapping } from '../../flows/reading/try-field-mapping.ts';
import { parseBody } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';

export function postFieldMappingTry(context: Context): RequestHandler {
  return async (req, res) => {
    const { contact_id: contactId, email, rows } = parseBody(tryFieldMappingSchema, req);
    res.json(await tryFieldMapping(context, { ...connectionKeyOf(req, res), contactId, email, rows }));
  };
}
