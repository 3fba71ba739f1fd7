// The Express applications, without listening: start.ts and the tests decide where.
import express, { type Express } from 'express';
import type { Context } from './flows/context.ts';
import { errorHandler, noSuchRoute } from './http/middleware/error-handler.ts';
import { measure } from './http/middleware/measure.ts';
import { requestId } from './http/middleware/request-id.ts';
import { getMetrics } from './http/ops/get-metrics.ts';
import { makeRoutes, opsRoutes } from './http/routes.ts';

/** What the outside sees. */
export function createApp(context: Context): Express {
  const app = bareApp();
  app.set('trust proxy', context.config.trustProxy);
  app.use(requestId(context), measure(context), makeRoutes(context), noSuchRoute, errorHandler(context));
  return app;
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
