// DELETE /v1/members/invitations/:invitation_id: the link does not work any more.
import type { RequestHandler } from 'express';
import { removeInvitation } from '../../flows/console/sign-in-links.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function deleteInvitation(context: Context): RequestHandler {
  return async (req, res) => {
    const id = String(req.params.invitation_id);
    await removeInvitation(context, callerOf(res), id);
    res.json({ id, removed: true });
  };
}
