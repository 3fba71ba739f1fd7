// GET /v1/links/:link_id
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { readLink } from '../../flows/list-links.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { linkReply } from './link-reply.ts';

export function getLinkById(context: Context): RequestHandler {
  return async (req, res) => {
    const { workspaceId } = callerOf(res);
    res.json(linkReply(context, await readLink(context, { workspaceId, linkId: String(req.params.link_id) })));
  };
}
