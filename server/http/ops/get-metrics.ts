// GET /metrics for Prometheus, on a port of its own that the outside never sees.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';

export function getMetrics({ metrics }: Pick<Context, 'metrics'>): RequestHandler {
  return async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  };
}
