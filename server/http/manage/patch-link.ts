// PATCH /v1/links/:link_id: changes what is sent, keeps the rest. `archived: false` brings an archived link back.
import type { RequestHandler } from 'express';
import { linkChangeSchema } from '../../contract/link.ts';
import { changeLink } from '../../flows/change-link.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { linkReply } from './link-reply.ts';

export function patchLink(context: Context): RequestHandler {
  return async (req, res) => {
    const change = parseBody(linkChangeSchema, req);
    const { workspaceId } = callerOf(res);
    const link = await changeLink(context, { workspaceId, linkId: String(req.params.link_id), change });
    res.json(linkReply(context, link));
  };
}
