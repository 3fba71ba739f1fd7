// The map of every address this server answers. What is asked most stands first and passes the fewest hands.
import express, { type RequestHandler, type Router } from 'express';
import type { ApiScope } from '../contract/api-scopes.ts';
import type { Context } from '../flows/context.ts';
import { postClicks } from './ingest/post-clicks.ts';
import { postConversions } from './ingest/post-conversions.ts';
import { postFormSubmissions } from './ingest/post-form-submissions.ts';
import { deleteConnection } from './manage/delete-connection.ts';
import { deleteLink } from './manage/delete-link.ts';
import { getConnection } from './manage/get-connection.ts';
import { getConnections } from './manage/get-connections.ts';
import { getDeliveries } from './manage/get-deliveries.ts';
import { getFieldMapping } from './manage/get-field-mapping.ts';
import { getLinkById } from './manage/get-link-by-id.ts';
import { getLinks } from './manage/get-links.ts';
import { patchConnection } from './manage/patch-connection.ts';
import { patchLink } from './manage/patch-link.ts';
import { postInstallLinks } from './manage/post-install-links.ts';
import { postLinks } from './manage/post-links.ts';
import { putContact } from './manage/put-contact.ts';
import { putFieldMapping } from './manage/put-field-mapping.ts';
import { requireKey, requireScope } from './middleware/authenticate.ts';
import { readJson } from './middleware/json-body.ts';
import { limitRate } from './middleware/rate-limit.ts';
import { requestLog } from './middleware/request-log.ts';
import { secureHeaders } from './middleware/secure-headers.ts';
import { getCallback } from './oauth/get-callback.ts';
import { getInstall } from './oauth/get-install.ts';
import { getInstalled } from './oauth/get-installed.ts';
import { oauthErrors } from './oauth/error-page.ts';
import { getHealthz } from './ops/get-healthz.ts';
import { getOpenapi } from './ops/get-openapi.ts';
import { getReadyz } from './ops/get-readyz.ts';
import { redirectErrors } from './redirect/error-page.ts';
import { getLink } from './redirect/get-link.ts';

export function makeRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const allow = makeDoorkeeper(context);

  router.use(redirectRoutes(context));
  router.use(secureHeaders());
  router.use(opsRoutes(context));
  router.get('/openapi.json', getOpenapi());
  router.use(ingestRoutes(context, allow));
  router.use(requestLog(context));
  router.use(oauthRoutes(context));
  router.use(manageRoutes(context, allow));
  return router;
}

/** Also answered on the metrics port, where a process without the API is asked. */
export function opsRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  router.get('/healthz', getHealthz);
  router.get('/readyz', getReadyz(context));
  return router;
}

/** Asked most. */
function redirectRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const limit = limitRate({ perMinute: context.config.redirectRateLimit, countBy: 'address' });
  // Express answers HEAD with the GET handler; the click then says HEAD.
  router.get('/r/:slug', limit, getLink(context));
  router.use(redirectErrors(context));
  return router;
}

/** Asked by programs, often; counted, not logged. */
function ingestRoutes(context: Context, allow: Doorkeeper): Router {
  const router = express.Router({ caseSensitive: true });
  router.post('/v1/clicks', allow('clicks:write'), readJson, postClicks(context));
  router.post('/v1/conversions', allow('conversions:write'), readJson, postConversions(context));
  router.post('/v1/form-submissions', allow('submissions:write'), readJson, postFormSubmissions(context));
  return router;
}

function manageRoutes(context: Context, allow: Doorkeeper): Router {
  const router = express.Router({ caseSensitive: true });
  router.post('/v1/links', allow('links:write'), readJson, postLinks(context));
  router.get('/v1/links', allow('links:read'), getLinks(context));
  router.get('/v1/links/:link_id', allow('links:read'), getLinkById(context));
  router.patch('/v1/links/:link_id', allow('links:write'), readJson, patchLink(context));
  router.delete('/v1/links/:link_id', allow('links:write'), deleteLink(context));

  router.put('/v1/contacts/:elido_contact_id', allow('contacts:write'), readJson, putContact(context));

  router.post('/v1/connections/install-links', allow('connections:write'), postInstallLinks(context));
  router.get('/v1/connections', allow('connections:read'), getConnections(context));
  router.get('/v1/connections/:connection_id', allow('connections:read'), getConnection(context));
  router.patch('/v1/connections/:connection_id', allow('connections:write'), readJson, patchConnection(context));
  router.delete('/v1/connections/:connection_id', allow('connections:write'), deleteConnection(context));
  router.get('/v1/connections/:connection_id/field-mapping', allow('connections:read'), getFieldMapping(context));
  router.put(
    '/v1/connections/:connection_id/field-mapping',
    allow('connections:write'),
    readJson,
    putFieldMapping(context),
  );

  router.get('/v1/deliveries', allow('deliveries:read'), getDeliveries(context));
  return router;
}

/** Pages for people: their errors are pages too. */
function oauthRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const limit = limitRate({ perMinute: context.config.apiRateLimit, countBy: 'address' });
  router.get('/oauth/install/:token', limit, getInstall(context));
  router.get('/oauth/callback', limit, getCallback(context));
  router.get('/oauth/installed/:ticket', limit, getInstalled(context));
  router.use(oauthErrors(context));
  return router;
}

type Doorkeeper = (scope: ApiScope) => RequestHandler[];

/** What stands in front of every route of the API: the key, its scope, and how often it was used on all of them together. */
function makeDoorkeeper(context: Context): Doorkeeper {
  const perMinute = context.config.apiRateLimit;
  const refused = limitRate({ perMinute, countBy: 'address', onlyRefused: true });
  const used = limitRate({ perMinute, countBy: 'key' });
  const key = requireKey(context);
  return (scope) => [refused, key, requireScope(scope), used];
}
