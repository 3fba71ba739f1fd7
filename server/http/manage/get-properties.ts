// GET /v1/connections/:connection_id/properties: the properties of the portal, and what can be mapped to each.
import type { RequestHandler } from 'express';
import { propertiesQuerySchema } from '../../contract/portal-metadata.ts';
import type { Context } from '../../flows/context.ts';
import { listProperties } from '../../flows/reading/list-metadata.ts';
import { parseInput } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';

export function getProperties(context: Context): RequestHandler {
  return async (req, res) => {
    const query = parseInput(propertiesQuerySchema, req.query);
    res.json(await listProperties(context, { ...connectionKeyOf(req, res), ...query }));
  };
}
