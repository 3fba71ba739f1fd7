// GET /v1/members: the people of the workspace, and who was invited.
import type { RequestHandler } from 'express';
import { listMembers } from '../../flows/console/members.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { invitationReply, memberReply } from './member-reply.ts';

export function getMembers(context: Context): RequestHandler {
  return async (req, res) => {
    const caller = callerOf(res);
    const { members, invitations } = await listMembers(context, caller.workspaceId);
    res.json({
      members: members.map((member) => memberReply(member, caller)),
      invitations: invitations.map(invitationReply),
    });
  };
}
