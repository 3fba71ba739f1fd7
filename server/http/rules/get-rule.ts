// GET /v1/rules/:rule_id: one rule with its text and versions.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { findRule } from '../../flows/rules/save-rule.ts';
import { ruleKeyOf } from './rule-key.ts';
import { ruleReply } from './rule-reply.ts';

export function getRule(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(ruleReply(await findRule(context, ruleKeyOf(req, res))));
  };
}
