// DELETE /v1/links/:link_id: archives it. The slug answers 410 from then on and is given to nobody else.
import type { RequestHandler } from 'express';
import { changeLink } from '../../flows/change-link.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { linkReply } from './link-reply.ts';

export function deleteLink(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    const linkId = String(req.params.link_id);
    res.json(linkReply(context, await changeLink(context, { workspaceId, linkId, change: { archived: true } })));
  };
}
