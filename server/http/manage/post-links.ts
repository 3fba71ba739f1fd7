// POST /v1/links: makes a short link.
import type { RequestHandler } from 'express';
import { newLinkSchema } from '../../contract/link.ts';
import type { Context } from '../../flows/context.ts';
import { createLink } from '../../flows/create-link.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { linkReply } from './link-reply.ts';

export function postLinks(context: Context): RequestHandler {
  return async (req, res) => {
    const link = parseBody(newLinkSchema, req);
    const { workspaceId } = callerOf(res);
    res.status(201).json(linkReply(context, await createLink(context, { workspaceId, link })));
  };
}
