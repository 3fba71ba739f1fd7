/** The webhook part of the control API over HTTP. */
import express from 'express';
import * as z from 'zod';
import type { WebhookControl } from './control.ts';

const number = z.coerce.number().int().positive();

export function webhookRouter(webhooks: WebhookControl): express.Router {
  const router = express.Router();
  router.post('/webhooks', (request, response) => {
    response.status(201).json(webhooks.register(request.body as Parameters<WebhookControl['register']>[0]));
  });
  router.get('/webhooks', (_request, response) => void response.json(webhooks.report()));
  router.post('/webhooks/flush', async (_request, response) => {
    response.json(await webhooks.flush());
  });
  router.delete('/webhooks/:appId', (request, response) => {
    webhooks.unregister(number.parse(request.params.appId));
    response.status(204).end();
  });
  router.post('/portals/:portalId/actions', (request, response) => {
    const action = request.body as Parameters<WebhookControl['act']>[1];
    response.json(webhooks.act(number.parse(request.params.portalId), action));
  });
  return router;
}
