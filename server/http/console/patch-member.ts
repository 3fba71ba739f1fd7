// PATCH /v1/members/:member_id: another role.
import type { RequestHandler } from 'express';
import { memberChangeSchema } from '../../contract/member.ts';
import { changeRole } from '../../flows/console/members.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { memberReply } from './member-reply.ts';

export function patchMember(context: Context): RequestHandler {
  return async (req, res) => {
    const { role } = parseBody(memberChangeSchema, req);
    const caller = callerOf(res);
    res.json(memberReply(await changeRole(context, caller, String(req.params.member_id), role), caller));
  };
}
