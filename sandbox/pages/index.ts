// The pages a person opens in the sandbox. Read-only: the one form, consent, posts to the OAuth handlers.
import express from 'express';
import type { Request, Response, Router } from 'express';
import * as z from 'zod';
import { readView } from '../extensions/view.ts';
import type { Portal } from '../state/portal.ts';
import type { PagesDeps } from '../state/views.ts';
import { createTemplateRenderer } from './event-template.ts';
import { html } from './html.ts';
import { renderAppPage } from './app-page.ts';
import { previewStylesheetPath, renderPage, stylesheetPath } from './layout.ts';
import { renderPortal } from './portal.ts';
import { renderPortals } from './portals.ts';
import { renderRecord } from './record.ts';
import { renderRecordList } from './records.ts';
import { readPagesStylesheet, readPreviewStylesheet } from './stylesheets.ts';

const portalIdSchema = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number);
const typeIdSchema = z.enum(['0-1', '0-2', '0-3']);
const querySchema = z.object({
  type: z.string().max(300).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(1_000_000).catch(1),
});

export function createPages({ state, now, requestCounts, preview }: PagesDeps): Router {
  const router = express.Router();
  const renderTemplate = createTemplateRenderer();
  const stylesheet = readPagesStylesheet();

  const portalOf = (portalId: string): Portal | undefined =>
    state.portals.get(portalIdSchema.safeParse(portalId).data ?? 0);

  router.get(stylesheetPath, (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('css').send(stylesheet);
  });

  const previewStylesheet = readPreviewStylesheet();
  router.get(previewStylesheetPath, (_request, response) => {
    response.set('Cache-Control', 'no-cache').type('css').send(previewStylesheet);
  });

  // Browsers ask on their own; the request log is for API calls.
  router.get('/favicon.ico', (_request, response) => {
    response.status(204).end();
  });

  router.get('/', (_request, response) => {
    sendPage(response, renderPortals({ state, now: now(), counts: requestCounts() }));
  });

  router.get('/portals/:portalId', (request, response) => {
    const portal = portalOf(request.params.portalId);
    sendPage(response, portal && renderPortal({ state, portal, now: now(), counts: requestCounts(), preview }));
  });

  router.get('/portals/:portalId/:typeId', (request, response) => {
    const portal = portalOf(request.params.portalId);
    const typeId = typeIdSchema.safeParse(request.params.typeId).data;
    const { page } = querySchema.parse(request.query);
    sendPage(response, portal && typeId && renderRecordList(portal, typeId, page));
  });

  router.get('/contacts/:portalId/record/:typeId/:id', (request, response) => {
    const { portalId, id } = request.params;
    const portal = portalOf(portalId);
    const typeId = typeIdSchema.safeParse(request.params.typeId).data;
    const { type: filter, page } = querySchema.parse(request.query);
    const view = readView(request.query);
    const input = { state, id, filter, page, renderTemplate, preview, view };
    sendPage(response, portal && typeId && renderRecord({ ...input, portal, typeId }));
  });

  const sendAppPage = (request: Request, response: Response, kind: 'settings' | 'home'): void => {
    const { portalId = '', appId } = request.params;
    const portal = portalOf(String(portalId));
    const path = `/${[request.params['path']].flat().filter(Boolean).join('/')}`;
    const input = { state, preview, appId: Number(appId), view: readView(request.query), kind, path };
    sendPage(response, portal && renderAppPage({ ...input, portal }));
  };
  router.get('/integrations-settings/:portalId/installed/:appId', (request, response) => {
    sendAppPage(request, response, 'settings');
  });
  router.get('/app/:portalId/:appId{/*path}', (request, response) => {
    sendAppPage(request, response, 'home');
  });

  return router;
}

function sendPage(response: Response, page: string | null | undefined): void {
  response
    .status(page ? 200 : 404)
    .type('html')
    .set({
      // `frame-ancestors` is ignored in a page's own policy, so it is sent here.
      'Content-Security-Policy': "frame-ancestors 'none'",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'no-store',
    });
  response.send(page ?? renderNotFound());
}

function renderNotFound(): string {
  return renderPage({
    title: 'Not found',
    crumbs: [{ label: 'Not found' }],
    kind: 'narrow',
    body: html`<section class="panel stack">
      <h1>There is no such page</h1>
      <p>The sandbox holds no portal or record with this address. It may have been reset.</p>
      <p><a href="/">See all portals</a></p>
    </section>`,
  });
}
