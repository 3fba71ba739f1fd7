// GET /v1/rules: the rules of the workspace. There are tens of them, so they come on one page.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { listRules } from '../../flows/rules/list-rules.ts';
import { ruleReply } from './rule-reply.ts';

export function getRules(context: Context): RequestHandler {
  return async (_req, res) => {
    const rules = await listRules(context, callerOf(res).workspaceId);
    res.json({ rules: rules.map(ruleReply) });
  };
}
