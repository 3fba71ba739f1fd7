// POST /v1/members/:member_id/sign-in-links: for a member whose session has ended.
import type { RequestHandler } from 'express';
import { makeMemberLink } from '../../flows/console/sign-in-links.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { signInLinkReply } from './member-reply.ts';

export function postMemberSignInLinks(context: Context): RequestHandler {
  return async (req, res) => {
    const link = await makeMemberLink(context, callerOf(res), String(req.params.member_id));
    res.status(201).json(signInLinkReply(link));
  };
}
