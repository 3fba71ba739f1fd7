// PATCH /v1/rules/:rule_id: switches a rule on or off.
import type { RequestHandler } from 'express';
import { ruleChangeSchema } from '../../contract/rule.ts';
import type { Context } from '../../flows/context.ts';
import { switchRule } from '../../flows/rules/list-rules.ts';
import { parseBody } from '../middleware/json-body.ts';
import { ruleKeyOf } from './rule-key.ts';
import { ruleReply } from './rule-reply.ts';

export function patchRule(context: Context): RequestHandler {
  return async (req, res) => {
    const { enabled } = parseBody(ruleChangeSchema, req);
    res.json(ruleReply(await switchRule(context, { ...ruleKeyOf(req, res), enabled })));
  };
}
