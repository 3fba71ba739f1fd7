// GET /readyz: 200 when this process can do its work, else 503 with what is missing.
import type { RequestHandler } from 'express';
import { checkReadiness } from '../../flows/check-readiness.ts';
import type { Context } from '../../flows/context.ts';

export function getReadyz(context: Context): RequestHandler {
  return async (_req, res) => {
    const readiness = await checkReadiness(context);
    res.status(readiness.ready ? 200 : 503).json(readiness);
  };
}
