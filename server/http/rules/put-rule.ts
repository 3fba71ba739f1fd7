// PUT /v1/rules/:rule_id: the next version of a rule.
import type { RequestHandler } from 'express';
import { ruleTextSchema } from '../../contract/rule.ts';
import type { Context } from '../../flows/context.ts';
import { changeRule } from '../../flows/rules/save-rule.ts';
import { parseBody } from '../middleware/json-body.ts';
import { ruleKeyOf } from './rule-key.ts';
import { ruleReply } from './rule-reply.ts';

export function putRule(context: Context): RequestHandler {
  return async (req, res) => {
    const { text } = parseBody(ruleTextSchema, req);
    res.json(ruleReply(await changeRule(context, { ...ruleKeyOf(req, res), text })));
  };
}
