// GET /v1/links: a page of the workspace's links, newest first.
import type { RequestHandler } from 'express';
import { linkListQuerySchema } from '../../contract/link.ts';
import type { Context } from '../../flows/context.ts';
import { listLinks } from '../../flows/list-links.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';
import { linkReply } from './link-reply.ts';

export function getLinks(context: Context): RequestHandler {
  return async (req, res) => {
    const { cursor = null, limit, archived, q, tag } = parseInput(linkListQuerySchema, req.query);
    const { workspaceId } = callerOf(res);
    const page = await listLinks(context, {
      workspaceId,
      cursor,
      limit,
      archived: archived === 'true',
      question: q,
      tag,
    });
    res.json({ links: page.links.map((link) => linkReply(context, link)), next_cursor: page.nextCursor });
  };
}
