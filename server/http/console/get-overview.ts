// GET /v1/overview: how it is going, and what needs a person.
import type { RequestHandler } from 'express';
import type { Overview } from '../../contract/overview.ts';
import { overviewQuerySchema } from '../../contract/overview.ts';
import { readOverview, type OverviewFacts } from '../../flows/console/overview/read-overview.ts';
import type { Context } from '../../flows/context.ts';
import { healthReply } from '../manage/connection-reply.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseInput } from '../middleware/json-body.ts';

export function getOverview(context: Context): RequestHandler {
  return async (req, res) => {
    const { days } = parseInput(overviewQuerySchema, req.query);
    res.json(overviewReply(await readOverview(context, { workspaceId: callerOf(res).workspaceId, days })));
  };
}

function overviewReply({ views, at, ...facts }: OverviewFacts): Overview {
  return {
    ...facts,
    portals: views.map((view) => ({
      connection_id: view.connection._id,
      portal_id: view.connection.portalId,
      hub_domain: view.portal.hubDomain,
      state: view.connection.state,
      health: healthReply(view),
      last_refresh_at: view.portal.lastRefreshAt.toISOString(),
    })),
    counted_at: new Date(at).toISOString(),
  };
}
