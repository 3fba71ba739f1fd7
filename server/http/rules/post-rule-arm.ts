// POST /v1/rules/:rule_id/arm: lets a rule fire once more for each deal, by clicks from now on.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { armRule } from '../../flows/rules/list-rules.ts';
import { ruleKeyOf } from './rule-key.ts';
import { ruleReply } from './rule-reply.ts';

export function postRuleArm(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(ruleReply(await armRule(context, ruleKeyOf(req, res))));
  };
}
