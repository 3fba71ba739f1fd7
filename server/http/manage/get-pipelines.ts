// GET /v1/connections/:connection_id/pipelines: the deal pipelines of the portal and their stages, by id and name.
import type { RequestHandler } from 'express';
import { pipelinesQuerySchema } from '../../contract/portal-metadata.ts';
import type { Context } from '../../flows/context.ts';
import { listPipelines } from '../../flows/reading/list-metadata.ts';
import { parseInput } from '../middleware/json-body.ts';
import { connectionKeyOf } from './connection-key.ts';

export function getPipelines(context: Context): RequestHandler {
  return async (req, res) => {
    const query = parseInput(pipelinesQuerySchema, req.query);
    res.json(await listPipelines(context, { ...connectionKeyOf(req, res), ...query }));
  };
}
