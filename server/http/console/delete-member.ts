// DELETE /v1/members/:member_id: takes somebody out of the workspace, and signs them out.
import type { RequestHandler } from 'express';
import { removeMember } from '../../flows/console/members.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';

export function deleteMember(context: Context): RequestHandler {
  return async (req, res) => {
    const id = String(req.params.member_id);
    await removeMember(context, callerOf(res), id);
    res.json({ id, removed: true });
  };
}
