/** The control API over HTTP, under /sandbox/control. JSON in and out; what does not fit gets a 400 that names the field. */
import express, { type ErrorRequestHandler } from 'express';
import * as z from 'zod';
import type { Control } from './control.ts';
import { webhookRouter } from '../webhooks/router.ts';
import { ControlError } from './control-error.ts';

const targetSchema = z.strictObject({ appId: z.int(), portalId: z.int() });
const resetSchema = z.strictObject({ seed: z.enum(['empty', 'default']).optional() });
const removedTokenSchema = z.strictObject({ token: z.string() });
const portalIdSchema = z.coerce.number().int().positive();

const onError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof z.ZodError) {
    const message = error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
    response.status(400).json({ error: 'invalid', message });
  } else if (error instanceof ControlError) {
    response.status(error.status).json({ error: 'refused', message: error.message });
  } else if (error instanceof SyntaxError) {
    response.status(400).json({ error: 'invalid', message: error.message });
  } else {
    next(error);
  }
};

export function controlRouter(control: Control): express.Router {
  const router = express.Router();
  router.put('/state', express.text({ type: () => true, limit: '512mb' }), (request, response) => {
    control.load(z.string().parse(request.body));
    response.json({ loaded: true });
  });
  router.use(express.json({ limit: '128mb' }));

  router.post('/reset', (request, response) => {
    control.reset(resetSchema.parse(request.body ?? {}));
    response.json({ reset: true });
  });
  router.post('/seed', (request, response) => {
    response.json(control.seed(request.body as Parameters<Control['seed']>[0]));
  });

  router.get('/clock', (_request, response) => void response.json(control.clock()));
  router.post('/clock', (request, response) => {
    response.json(control.setClock(request.body as Parameters<Control['setClock']>[0]));
  });

  router.get('/switches', (_request, response) => void response.json(control.switches()));
  router.patch('/switches', (request, response) => {
    response.json(control.setSwitches(request.body as Parameters<Control['setSwitches']>[0]));
  });

  router.get('/faults', (_request, response) => void response.json({ faults: control.faults() }));
  router.post('/faults', (request, response) => {
    response.status(201).json(control.addFault(request.body as Parameters<Control['addFault']>[0]));
  });
  router.delete('/faults', (_request, response) => {
    control.clearFaults();
    response.status(204).end();
  });
  router.delete('/faults/:id', (request, response) => {
    control.clearFaults(z.coerce.number().parse(request.params.id));
    response.status(204).end();
  });

  router.post('/install', (request, response) => {
    response.status(201).json(control.install(request.body as Parameters<Control['install']>[0]));
  });
  router.post('/uninstall', (request, response) => {
    response.json({ uninstalled: control.uninstall(targetSchema.parse(request.body)) });
  });
  router.post('/scopes', (request, response) => {
    response.json({ changed: control.setScopes(request.body as Parameters<Control['setScopes']>[0]) });
  });
  router.delete('/private-app-tokens', (request, response) => {
    control.removePrivateToken(removedTokenSchema.parse(request.body).token);
    response.status(204).end();
  });
  router.post('/private-app-tokens', (request, response) => {
    control.addPrivateToken(request.body as Parameters<Control['addPrivateToken']>[0]);
    response.status(201).json({ registered: true });
  });

  router.get('/log', (request, response) => void response.json({ entries: control.log(request.query) }));
  router.get('/counts', (_request, response) => void response.json(control.counts()));
  router.delete('/log', (_request, response) => {
    control.clearLog();
    response.status(204).end();
  });

  router.get('/portals/:portalId', (request, response) => {
    response.json(control.dump(portalIdSchema.parse(request.params.portalId)));
  });
  router.get('/portals/:portalId/events', (request, response) => {
    response.json(control.events(portalIdSchema.parse(request.params.portalId), request.query));
  });

  router.post('/workflow-actions', async (request, response) => {
    response.json(await control.runAction(request.body as Parameters<Control['runAction']>[0]));
  });
  router.get('/workflow-actions/:callbackId', (request, response) => {
    const execution = control.execution(request.params.callbackId);
    if (!execution) throw new ControlError(`There is no execution ${request.params.callbackId}`, 404);
    response.json(execution);
  });

  router.use(webhookRouter(control.webhooks));

  router.get('/state', (_request, response) => void response.type('json').send(control.save()));
  router.use((request) => {
    throw new ControlError(`There is no ${request.method} /sandbox/control${request.path}. See sandbox/README.md`, 404);
  });
  router.use(onError);
  return router;
}
