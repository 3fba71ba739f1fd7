// Every address of people and their console, and the app itself.
import express, { type Router } from 'express';
import type { Context } from '../../flows/context.ts';
import type { AuditRule } from '../middleware/audited.ts';
import type { Doorkeeper } from '../middleware/doorkeeper.ts';
import { readJson } from '../middleware/json-body.ts';
import { limitRate } from '../middleware/rate-limit.ts';
import { deleteApiKey } from './delete-api-key.ts';
import { deleteInvitation } from './delete-invitation.ts';
import { deleteMember } from './delete-member.ts';
import { deleteOtherSessions } from './delete-other-sessions.ts';
import { deleteSession } from './delete-session.ts';
import { signInErrors } from './error-page.ts';
import { getApp } from './get-app.ts';
import { getApiKeys } from './get-api-keys.ts';
import { getAudit } from './get-audit.ts';
import { getLinkImport } from './get-link-import.ts';
import { getLinkStats } from './get-link-stats.ts';
import { getLive } from './get-live.ts';
import { getMembers } from './get-members.ts';
import { getOverview } from './get-overview.ts';
import { getSession } from './get-session.ts';
import { getSessions } from './get-sessions.ts';
import { getSignInHubSpot } from './get-sign-in-hubspot.ts';
import { getSignInLink } from './get-sign-in-link.ts';
import { getWorkspace } from './get-workspace.ts';
import { patchMember } from './patch-member.ts';
import { patchWorkspace } from './patch-workspace.ts';
import { postApiKeyRotate } from './post-api-key-rotate.ts';
import { postApiKeys } from './post-api-keys.ts';
import { postInvitations } from './post-invitations.ts';
import { postLinkImportUndo } from './post-link-import-undo.ts';
import { postLinkImports, readCsv } from './post-link-imports.ts';
import { postMemberSignInLinks } from './post-member-sign-in-links.ts';
import { postSessionWorkspace } from './post-session-workspace.ts';
import { postSignInLink } from './post-sign-in-link.ts';
import { postSignOut } from './post-sign-out.ts';

/** A dry run changes nothing. */
const imported: AuditRule = { action: 'links.import', unless: ({ query }) => query.dry_run === 'true' };
/** One entry, however many portions. */
const unimported: AuditRule = {
  action: 'links.unimport',
  unless: ({ body }) => (body as { after?: unknown }).after !== undefined,
};

export function consoleRoutes(context: Context, allow: Doorkeeper): Router {
  const router = express.Router({ caseSensitive: true });
  router.get('/console/session', allow('person'), getSession(context));
  router.post('/console/session/workspace', allow('person', 'session.switch'), readJson, postSessionWorkspace(context));
  router.post('/console/sign-out', allow('person', 'session.sign_out'), postSignOut(context));
  router.get('/v1/sessions', allow('person'), getSessions(context));
  router.delete('/v1/sessions', allow('person', 'session.end_others'), deleteOtherSessions(context));
  router.delete('/v1/sessions/:session_id', allow('person', 'session.end'), deleteSession(context));

  router.get('/v1/members', allow('members:read'), getMembers(context));
  router.post('/v1/members/invitations', allow('members:write', 'member.invite'), readJson, postInvitations(context));
  router.delete(
    '/v1/members/invitations/:invitation_id',
    allow('members:write', 'member.uninvite'),
    deleteInvitation(context),
  );
  router.patch('/v1/members/:member_id', allow('members:write', 'member.change'), readJson, patchMember(context));
  router.delete('/v1/members/:member_id', allow('members:write', 'member.remove'), deleteMember(context));
  router.post(
    '/v1/members/:member_id/sign-in-links',
    allow('members:write', 'member.sign_in_link'),
    postMemberSignInLinks(context),
  );

  router.get('/v1/api-keys', allow('keys:read'), getApiKeys(context));
  router.post('/v1/api-keys', allow('keys:write', 'key.create'), readJson, postApiKeys(context));
  router.post('/v1/api-keys/:key_id/rotate', allow('keys:write', 'key.rotate'), readJson, postApiKeyRotate(context));
  router.delete('/v1/api-keys/:key_id', allow('keys:write', 'key.revoke'), deleteApiKey(context));

  router.get('/v1/workspace', allow('workspace:read'), getWorkspace(context));
  router.patch('/v1/workspace', allow('workspace:write', 'workspace.change'), readJson, patchWorkspace(context));
  router.get('/v1/audit', allow('audit:read'), getAudit(context));
  router.get('/v1/overview', allow('workspace:read'), getOverview(context));
  router.get('/v1/live', allow('workspace:read'), getLive(context));

  router.post('/v1/link-imports', allow('links:write', imported), readCsv, postLinkImports(context));
  router.get('/v1/link-imports/:import_id', allow('links:read'), getLinkImport(context));
  router.post(
    '/v1/link-imports/:import_id/undo',
    allow('links:write', unimported),
    readJson,
    postLinkImportUndo(context),
  );
  router.get('/v1/link-stats', allow('links:read'), getLinkStats(context));
  return router;
}

/** The app. Behind everything else under /console/. */
export function appRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const limit = limitRate({ perMinute: context.config.apiRateLimit, countBy: 'address' });
  router.get(['/console', '/console/*path'], limit, getApp(context));
  return router;
}

/** Tries per minute from one address: a link has 200 random bits, this only keeps the noise down. */
const signInsPerMinute = 60;

/** Pages for people who are not signed in yet: their errors are pages too. */
export function signInRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  const perMinute = Math.min(signInsPerMinute, context.config.apiRateLimit);
  const limit = limitRate({ perMinute, countBy: 'address' });
  router.get('/console/sign-in/hubspot', limit, getSignInHubSpot(context));
  router.get('/console/sign-in/link/:token', limit, getSignInLink(context));
  router.post('/console/sign-in/link/:token', limit, postSignInLink(context));
  router.use(signInErrors(context));
  return router;
}
