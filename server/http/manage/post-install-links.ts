// POST /v1/connections/install-links: an address that starts an installation for this workspace.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { makeInstallLink } from '../../flows/start-install.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function postInstallLinks(context: Context): RequestHandler {
  return async (_req, res) => {
    const { url, expiresAt } = await makeInstallLink(context, callerOf(res).workspaceId);
    res.status(201).json({ url, expires_at: expiresAt.toISOString() });
  };
}
