// GET /v1/link-stats: clicks of up to a hundred links, for a page of them.
import type { RequestHandler } from 'express';
import { linkStatsQuerySchema } from '../../contract/import.ts';
import { readLinkStats } from '../../flows/console/link-stats.ts';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';

export function getLinkStats(context: Context): RequestHandler {
  return async (req, res) => {
    const { link_ids: linkIds } = parseInput(linkStatsQuerySchema, req.query);
    const stats = await readLinkStats(context, { workspaceId: callerOf(res).workspaceId, linkIds });
    const links = stats.map(({ linkId, clicks, atLeast }) => ({ link_id: linkId, clicks, at_least: atLeast }));
    res.json({ days: 30, links });
  };
}
