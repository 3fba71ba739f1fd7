/** Puts the sandbox together without listening: control API, HubSpot's API, consent, pages, and HubSpot's 404 for the rest. */
import express, { type ErrorRequestHandler } from 'express';
import type { SandboxContext } from './context.ts';
import type { Control } from './control/control.ts';
import { controlRouter } from './control/router.ts';
import { extensionsRouter } from './extensions/router.ts';
import { apiRouter, unknownPath } from './http/api-router.ts';
import { consentRouter } from './oauth/consent-router.ts';
import { createPages } from './pages/index.ts';

/** Body parsers and routers name the status they mean; anything else is a defect of the sandbox and says so. */
const onError: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const named = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined;
  const status = typeof named === 'number' && named >= 400 && named < 500 ? named : 500;
  const message = error instanceof Error ? error.message : 'unknown error';
  response.status(status).json({ status: 'error', message: status === 500 ? `sandbox defect: ${message}` : message });
};

export function createSandboxApp(context: SandboxContext, control: Control): express.Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/sandbox/control', controlRouter(control));
  app.use(extensionsRouter(context));
  app.use(apiRouter(context));
  app.use(consentRouter(context));
  app.use(
    createPages({
      state: context.state,
      now: context.now,
      requestCounts: context.log.counts,
      preview: context.preview,
    }),
  );
  app.use(unknownPath(context));
  app.use(onError);
  return app;
}
