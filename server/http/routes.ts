// The map of every address this server answers. Order matters for speed only: what is asked most stands first.
import express, { type RequestHandler, type Router } from 'express';
import type { ApiScope } from '../contract/api-scopes.ts';
import type { Context } from '../flows/context.ts';
import { postClicks } from './ingest/post-clicks.ts';
import { postFormSubmissions } from './ingest/post-form-submissions.ts';
import { deleteLink } from './manage/delete-link.ts';
import { getLinkById } from './manage/get-link-by-id.ts';
import { getLinks } from './manage/get-links.ts';
import { patchLink } from './manage/patch-link.ts';
import { postLinks } from './manage/post-links.ts';
import { putContact } from './manage/put-contact.ts';
import { requireKey, requireScope } from './middleware/authenticate.ts';
import { readJson } from './middleware/json-body.ts';
import { limitRate } from './middleware/rate-limit.ts';
import { requestLog } from './middleware/request-log.ts';
import { secureHeaders } from './middleware/secure-headers.ts';
import { getHealthz } from './ops/get-healthz.ts';
import { getReadyz } from './ops/get-readyz.ts';
import { getLink } from './redirect/get-link.ts';

export function makeRoutes(context: Context): Router {
  const { redirectRateLimit, apiRateLimit } = context.config;
  const router = express.Router({ caseSensitive: true });

  // Express answers HEAD with the GET handler; the click then says HEAD.
  router.get('/r/:slug', limitRate({ perMinute: redirectRateLimit, countBy: 'address' }), getLink(context));

  router.use(secureHeaders());
  router.get('/healthz', getHealthz);
  router.get('/readyz', getReadyz(context));

  const tried = limitRate({ perMinute: apiRateLimit, countBy: 'address' });
  const used = limitRate({ perMinute: apiRateLimit, countBy: 'key' });
  const allow = (scope: ApiScope): RequestHandler[] => [tried, requireKey(context), requireScope(scope), used];

  router.post('/v1/clicks', allow('clicks:write'), readJson, postClicks(context));
  router.post('/v1/form-submissions', allow('submissions:write'), readJson, postFormSubmissions(context));

  router.use(requestLog(context));

  router.post('/v1/links', allow('links:write'), readJson, postLinks(context));
  router.get('/v1/links', allow('links:read'), getLinks(context));
  router.get('/v1/links/:link_id', allow('links:read'), getLinkById(context));
  router.patch('/v1/links/:link_id', allow('links:write'), readJson, patchLink(context));
  router.delete('/v1/links/:link_id', allow('links:write'), deleteLink(context));

  router.put('/v1/contacts/:elido_contact_id', allow('contacts:write'), readJson, putContact(context));
  return router;
}
