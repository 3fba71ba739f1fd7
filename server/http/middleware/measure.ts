// Counts every answer by route pattern and status. The pattern, not the address: a slug or an id is no label.
import type { Request, RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';

export function measure({ metrics }: Pick<Context, 'metrics'>): RequestHandler {
  return (req, res, next) => {
    const startedAt = performance.now();
    res.once('finish', () => {
      const route = routeOf(req);
      metrics.httpRequests.inc({ route, status: res.statusCode });
      metrics.httpRequestSeconds.observe({ route }, (performance.now() - startedAt) / 1_000);
    });
    next();
  };
}

function routeOf(req: Request): string {
  const route = req.route as { path?: unknown } | undefined;
  return typeof route?.path === 'string' ? `${req.method} ${route.path}` : 'unmatched';
}
