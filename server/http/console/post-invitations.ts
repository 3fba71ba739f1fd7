// POST /v1/members/invitations: a link that lets somebody in once, with a role.
import type { RequestHandler } from 'express';
import { newInvitationSchema } from '../../contract/member.ts';
import { inviteMember } from '../../flows/console/sign-in-links.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { signInLinkReply } from './member-reply.ts';

export function postInvitations(context: Context): RequestHandler {
  return async (req, res) => {
    const invitation = parseBody(newInvitationSchema, req);
    res.status(201).json(signInLinkReply(await inviteMember(context, callerOf(res), invitation)));
  };
}
