// POST /v1/rules/back-test: rehearses a draft over stored clicks. Nothing is changed.
import type { RequestHandler } from 'express';
import { backTestSchema } from '../../contract/rule.ts';
import type { Context } from '../../flows/context.ts';
import { rehearseRule } from '../../flows/rules/back-test.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';

export function postBackTest(context: Context): RequestHandler {
  return async (req, res) => {
    const { connection_id: connectionId, ...draft } = parseBody(backTestSchema, req);
    const { workspaceId } = callerOf(res);
    const { clicks, contacts, deals, results } = await rehearseRule(context, { workspaceId, connectionId, ...draft });
    res.json({
      clicks,
      contacts,
      deals,
      results: results.map(({ threshold, moves }) => ({
        threshold,
        moves: moves.map((move) => ({
          deal_id: move.dealId,
          contact_id: move.contactId,
          click_id: move.clickId,
          at: new Date(move.at).toISOString(),
          count: move.count,
          reached_at: move.reachedAt === null ? null : new Date(move.reachedAt).toISOString(),
        })),
      })),
    });
  };
}
