// DELETE /v1/rules/:rule_id: archives a rule. Its moves stay in the log.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { archiveRule } from '../../flows/rules/list-rules.ts';
import { ruleKeyOf } from './rule-key.ts';
import { ruleReply } from './rule-reply.ts';

export function deleteRule(context: Context): RequestHandler {
  return async (req, res) => {
    res.json(ruleReply(await archiveRule(context, ruleKeyOf(req, res))));
  };
}
