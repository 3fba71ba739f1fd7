// PATCH /card/v1/settings/rules/:rule_id: a rule on or off, and what it does when it fires.
import type { RequestHandler } from 'express';
import { cardRuleChangeSchema } from '../../contract/card-settings.ts';
import { safeId } from '../../contract/text.ts';
import { changeCardRule } from '../../flows/card/change-settings.ts';
import { readSettings } from '../../flows/card/read-settings.ts';
import type { Context } from '../../flows/context.ts';
import { signedJson } from '../hubspot/signed.ts';
import { parseInput } from '../middleware/json-body.ts';
import { cardUserOf } from './card-user.ts';
import { sendChanged } from './send-card.ts';
import { settingsReply } from './settings-reply.ts';

const ruleIdSchema = safeId(64);

export function patchCardRule(context: Context): RequestHandler {
  return async (req, res) => {
    const ruleId = parseInput(ruleIdSchema, req.params.rule_id, 'rule_id');
    const change = parseInput(cardRuleChangeSchema, signedJson(req));
    const identity = cardUserOf(res);
    const connectionId = await changeCardRule(context, { identity, ruleId, ...change });
    sendChanged(res, settingsReply(context, await readSettings(context, { identity, connectionId })));
  };
}
