// The map of every address this server answers. What is asked most stands first and passes the fewest hands.
import express, { type Router } from 'express';
import type { Context } from '../flows/context.ts';
import { actionRoutes } from './actions/action-routes.ts';
import { cardRoutes } from './card/card-routes.ts';
import { postClicks } from './ingest/post-clicks.ts';
import { postConversions } from './ingest/post-conversions.ts';
import { postFormSubmissions } from './ingest/post-form-submissions.ts';
import { deleteConnection } from './manage/delete-connection.ts';
import { deleteLink } from './manage/delete-link.ts';
import { getConnection } from './manage/get-connection.ts';
import { getConnections } from './manage/get-connections.ts';
import { getDeliveries } from './manage/get-deliveries.ts';
import { getDeliveriesExport } from './manage/get-deliveries-export.ts';
import { getExplanation } from './manage/get-explanation.ts';
import { getFieldMapping } from './manage/get-field-mapping.ts';
import { getLinkById } from './manage/get-link-by-id.ts';
import { getLinks } from './manage/get-links.ts';
import { getPipelines } from './manage/get-pipelines.ts';
import { getProperties } from './manage/get-properties.ts';
import { getRecordNames } from './manage/get-record-names.ts';
import { getReplay } from './manage/get-replay.ts';
import { patchConnection } from './manage/patch-connection.ts';
import { patchLink } from './manage/patch-link.ts';
import { postDeliveriesReplay } from './manage/post-deliveries-replay.ts';
import { postFieldMappingTry } from './manage/post-field-mapping-try.ts';
import { postInstallLinks } from './manage/post-install-links.ts';
import { postLinks } from './manage/post-links.ts';
import { postPrivateApp } from './manage/post-private-app.ts';
import { postReplayCancel } from './manage/post-replay-cancel.ts';
import { putContact } from './manage/put-contact.ts';
import { putFieldMapping } from './manage/put-field-mapping.ts';
import { appRoutes, consoleRoutes, signInRoutes } from './console/console-routes.ts';
import type { AuditRule } from './middleware/audited.ts';
import { makeDoorkeeper, type Doorkeeper } from './middleware/doorkeeper.ts';
import { readJson } from './middleware/json-body.ts';
import { postWebhooks } from './hubspot/post-webhooks.ts';
import { signedByHubSpot } from './hubspot/signed.ts';
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
import { limitVisits } from './redirect/limit-visits.ts';
import type { Visits } from './redirect/visits.ts';
import { ruleRoutes } from './rules/rule-routes.ts';
import { getSnippet } from './snippet/get-snippet.ts';
import { postPublicConversions } from './snippet/post-public-conversions.ts';
import { postPublicLandings } from './snippet/post-public-landings.ts';
import { readText } from './snippet/read-from-site.ts';

export function makeRoutes(context: Context, visits: Visits): Router {
  const router = express.Router({ caseSensitive: true });
  const allow = makeDoorkeeper(context);

  router.use(redirectRoutes(context, visits));
  router.use(secureHeaders());
  router.use(opsRoutes(context));
  router.get('/openapi.json', getOpenapi());
  router.use(snippetRoutes(context));
  router.use(ingestRoutes(context, allow));
  router.use(hubspotRoutes(context));
  router.use(cardRoutes(context));
  router.use(actionRoutes(context));
  router.use(requestLog(context));
  router.use(oauthRoutes(context));
  router.use(signInRoutes(context));
  router.use(manageRoutes(context, allow));
  router.use(ruleRoutes(context, allow));
  router.use(consoleRoutes(context, allow));
  router.use(appRoutes(context));
  return router;
}

/** Also answered on the metrics port, where a process without the API is asked. */
export function opsRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  router.get('/healthz', getHealthz);
  router.get('/readyz', getReadyz(context));
  return router;
}

/** Asked most; the fast lane in front of all routes answers nearly all of them. */
function redirectRoutes(context: Context, { sources, limit }: Visits): Router {
  const router = express.Router({ caseSensitive: true });
  // Express answers HEAD with the GET handler; the click then says HEAD.
  router.get('/r/:slug', limitVisits(context, limit), getLink(context, sources));
  router.use(redirectErrors(context));
  return router;
}

/** Asked by pages of customers: one script to load, and where it reports to. */
function snippetRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const limit = limitRate({ perMinute: context.config.publicRateLimit, countBy: 'address' });
  router.get('/elido.js', getSnippet());
  router.post('/v1/public/conversions', limit, readText, postPublicConversions(context));
  router.post('/v1/public/landings', limit, readText, postPublicLandings(context));
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

/** A preview changes nothing. */
const replayed: AuditRule = {
  action: 'replay.start',
  unless: ({ body }) => (body as { preview?: unknown }).preview === true,
};

function manageRoutes(context: Context, allow: Doorkeeper): Router {
  const router = express.Router({ caseSensitive: true });
  router.post('/v1/links', allow('links:write', 'link.create'), readJson, postLinks(context));
  router.get('/v1/links', allow('links:read'), getLinks(context));
  router.get('/v1/links/:link_id', allow('links:read'), getLinkById(context));
  router.patch('/v1/links/:link_id', allow('links:write', 'link.change'), readJson, patchLink(context));
  router.delete('/v1/links/:link_id', allow('links:write', 'link.archive'), deleteLink(context));

  router.put('/v1/contacts/:elido_contact_id', allow('contacts:write'), readJson, putContact(context));

  router.post(
    '/v1/connections/install-links',
    allow('connections:write', 'connection.invite'),
    postInstallLinks(context),
  );
  router.post('/v1/connections/private-app', allow('connections:write', 'connection.connect'), postPrivateApp(context));
  router.get('/v1/connections', allow('connections:read'), getConnections(context));
  router.get('/v1/connections/:connection_id', allow('connections:read'), getConnection(context));
  router.patch(
    '/v1/connections/:connection_id',
    allow('connections:write', 'connection.change'),
    readJson,
    patchConnection(context),
  );
  router.delete(
    '/v1/connections/:connection_id',
    allow('connections:write', 'connection.disconnect'),
    deleteConnection(context),
  );
  router.get('/v1/connections/:connection_id/field-mapping', allow('connections:read'), getFieldMapping(context));
  router.put(
    '/v1/connections/:connection_id/field-mapping',
    allow('connections:write', 'mapping.change'),
    readJson,
    putFieldMapping(context),
  );
  router.post(
    '/v1/connections/:connection_id/field-mapping/try',
    allow('connections:read'),
    readJson,
    postFieldMappingTry(context),
  );
  router.get('/v1/connections/:connection_id/properties', allow('connections:read'), getProperties(context));
  router.get('/v1/connections/:connection_id/pipelines', allow('connections:read'), getPipelines(context));
  router.get('/v1/connections/:connection_id/record-names', allow('deliveries:read'), getRecordNames(context));

  router.get('/v1/deliveries', allow('deliveries:read'), getDeliveries(context));
  router.get('/v1/deliveries/export', allow('deliveries:read'), getDeliveriesExport(context));
  router.post('/v1/deliveries/replay', allow('deliveries:write', replayed), readJson, postDeliveriesReplay(context));
  router.get('/v1/replays/:replay_id', allow('deliveries:read'), getReplay(context));
  router.post('/v1/replays/:replay_id/cancel', allow('deliveries:write', 'replay.cancel'), postReplayCancel(context));
  router.get('/v1/events/:event_id/explanation', allow('deliveries:read'), getExplanation(context));
  return router;
}

/** Asked by HubSpot, which signs what it sends. */
function hubspotRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  router.post(
    '/webhooks/hubspot',
    signedByHubSpot(context, { accept: context.config.webhookSignatures }),
    postWebhooks(context),
  );
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
