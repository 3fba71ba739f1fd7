// What answers requests, without listening: start.ts and the tests decide where.
import type { RequestListener } from 'node:http';
import express, { type Express } from 'express';
import type { Context } from './flows/context.ts';
import { errorHandler, noSuchRoute } from './http/middleware/error-handler.ts';
import { measure } from './http/middleware/measure.ts';
import { requestId } from './http/middleware/request-id.ts';
import { getMetrics } from './http/ops/get-metrics.ts';
import { makeFastLane } from './http/redirect/fast-lane.ts';
import { makeVisits } from './http/redirect/visits.ts';
import { makeRoutes, opsRoutes } from './http/routes.ts';

/** What the outside sees: a lane for visits of known links, and Express for everything. */
export function createApp(context: Context): RequestListener {
  const visits = makeVisits(context);
  const app = bareApp();
  app.set('trust proxy', context.config.trustProxy);
  app.use(requestId(context), measure(context), makeRoutes(context, visits), noSuchRoute, errorHandler(context));
  const lane = makeFastLane(context, visits);
  return (req, res) => lane(req, res, () => app(req, res));
}

/** What operators see, on another port: metrics, and whether the process is alive and ready. */
export function createMetricsApp(context: Context): Express {
  const app = bareApp();
  app.get('/metrics', getMetrics(context));
  app.use(opsRoutes(context), noSuchRoute, errorHandler(context));
  return app;
}

function bareApp(): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.set('query parser', 'simple');
  return app;
}
