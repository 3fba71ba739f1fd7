/** Mounts the API: finds the canonical path and version of a call and hands it to its route. Other paths pass through. */
import express, { type Request, type RequestHandler, type Response } from 'express';
import type { SandboxContext } from '../context.ts';
import { canonicalPath, type ApiVersion } from './api-paths.ts';
import type { Route } from './call.ts';
import { handle } from './handle.ts';
import { readBody } from './read-body.ts';
import { apiRoutes } from './routes.ts';

type ApiPath = { path: string; version: ApiVersion };

const pathOf = (response: Response): ApiPath => response.locals['apiPath'] as ApiPath;

function answer(context: SandboxContext, request: Request, response: Response, route: Route | null): Promise<void> {
  const { path, version } = pathOf(response);
  return handle(context, { request, response, version, canonical: path, ...readBody(request) }, route);
}

export function apiRouter(context: SandboxContext): RequestHandler {
  const router = express.Router({ caseSensitive: true });
  router.use(express.text({ type: () => true, limit: '64mb', defaultCharset: 'utf-8' }));
  for (const route of apiRoutes) {
    router[route.method](route.path, async (request, response, next) => {
      const { version } = pathOf(response);
      if (route.versions !== undefined && !route.versions.includes(version)) next();
      else await answer(context, request, response, route);
    });
  }
  router.use((request, response) => answer(context, request, response, null));
  return (request, response, next) => {
    const found = canonicalPath(request.path);
    if (found === null) {
      next();
      return;
    }
    const query = request.url.indexOf('?');
    response.locals['apiPath'] = found;
    request.url = query === -1 ? found.path : found.path + request.url.slice(query);
    router(request, response, next);
  };
}

/** Whatever nobody answered: HubSpot's 404, counted like any call. */
export function unknownPath(context: SandboxContext): RequestHandler {
  return (request, response) =>
    handle(context, { request, response, version: 'v3', canonical: request.path, body: undefined, error: null }, null);
}
