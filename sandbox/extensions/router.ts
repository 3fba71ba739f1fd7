/**
 * What the preview's page asks the sandbox: scripts, `hubspot.fetch`, CRM data, and where the switches lead. JSON only, so that
 * no other website can post to it. The worker's script carries a content policy that leaves it no connection of its own.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import express, { type Request, type Response } from 'express';
import * as z from 'zod';
import type { SandboxContext } from '../context.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { answerQuestion, questionSchema } from './crm-questions.ts';
import { fetchRequestSchema } from './fetch-schema.ts';
import { forward } from './forward.ts';
import { goTo } from './go.ts';
import { previewPath } from './place.ts';
import { readProject } from './project.ts';

const subjectSchema = z.object({
  portalId: z.int().positive(),
  typeId: z.enum(['0-1', '0-2', '0-3']),
  objectId: z.string().regex(/^\d{1,19}$/),
});

const concurrentMax = 20;

/** Browsers name the host they asked; anything else would be written into a policy. */
function ownOrigin(request: Request): string {
  const host = request.headers.host ?? '';
  return /^[\w.:[\]-]+$/.test(host) ? `${request.protocol}://${host}` : "'none'";
}

function sendScript(response: Response, file: string): void {
  response.set({ 'Cache-Control': 'no-cache', 'X-Content-Type-Options': 'nosniff' });
  if (existsSync(file)) response.type('js').send(readFileSync(file, 'utf8'));
  else response.status(404).type('text').send('Not built. Run: npm run build:preview');
}

export function extensionsRouter(context: SandboxContext): express.Router {
  const router = express.Router();
  const { preview } = context;
  if (preview === null) return router;
  const hostFolder = resolve(preview.hostFolder ?? 'dist/preview');
  let underWay = 0;

  router.get(`${previewPath}/host.js`, (_request, response) => sendScript(response, join(hostFolder, 'host.js')));
  router.get(`${previewPath}/worker.js`, (request, response) => {
    const scripts = `${ownOrigin(request)}${previewPath}/extensions/`;
    response.set('Content-Security-Policy', `default-src 'none'; script-src ${scripts}; connect-src 'none'`);
    sendScript(response, join(hostFolder, 'worker.js'));
  });
  router.get(`${previewPath}/extensions/:file`, (request, response) => {
    const project = readProject(preview);
    const found = project?.extensions.find(({ file }) => file === request.params.file);
    if (!project || !found) response.status(404).end();
    else sendScript(response, join(project.folder, found.file));
  });

  router.get(`${previewPath}/go`, (request, response) => {
    response.redirect(303, goTo(context.state, request.query));
  });

  const json = express.json({ limit: '1100kb' });
  router.post(`${previewPath}/fetch`, json, async (request, response) => {
    const parsed = fetchRequestSchema.safeParse(request.body);
    const project = readProject(preview);
    if (!parsed.success || !project) {
      response.status(400).json({ message: parsed.success ? 'Nothing is built.' : z.prettifyError(parsed.error) });
    } else if (underWay >= concurrentMax) {
      const body = '{"category":"RATE_LIMITS","message":"More than 20 requests at once."}';
      response.json({ kind: 'answer', status: 429, contentType: 'application/json', body, attempts: 0, ms: 0 });
    } else {
      underWay += 1;
      try {
        response.json(await forward(context, project, parsed.data));
      } finally {
        underWay -= 1;
      }
    }
  });

  router.post(`${previewPath}/crm`, json, (request, response) => {
    const subject = subjectSchema.safeParse(request.body);
    const question = questionSchema.safeParse(request.body);
    const portal = subject.success ? context.state.portals.get(subject.data.portalId) : undefined;
    const record =
      subject.success && portal ? findRecord(tableOf(portal, subject.data.typeId), subject.data.objectId) : undefined;
    if (!question.success) response.json({ error: z.prettifyError(question.error) });
    else if (!portal || !record) response.json({ error: 'There is no such record.' });
    else response.json(answerQuestion({ portal, record }, question.data));
  });

  return router;
}
