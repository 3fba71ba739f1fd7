// POST /v1/rules: makes a rule from its text. A mistake is named with line and column.
import type { RequestHandler } from 'express';
import { newRuleSchema } from '../../contract/rule.ts';
import type { Context } from '../../flows/context.ts';
import { makeRule } from '../../flows/rules/save-rule.ts';
import { callerOf } from '../middleware/authenticate.ts';
import { parseBody } from '../middleware/json-body.ts';
import { ruleReply } from './rule-reply.ts';

export function postRules(context: Context): RequestHandler {
  return async (req, res) => {
    const { connection_id: connectionId, text } = parseBody(newRuleSchema, req);
    const { workspaceId } = callerOf(res);
    res.status(201).json(ruleReply(await makeRule(context, { workspaceId, connectionId, text })));
  };
}
