// Every address of threshold rules and their moves.
import express, { type Router } from 'express';
import type { Context } from '../../flows/context.ts';
import type { Doorkeeper } from '../middleware/doorkeeper.ts';
import { readJson } from '../middleware/json-body.ts';
import { deleteRule } from './delete-rule.ts';
import { getRule } from './get-rule.ts';
import { getRuleMoves } from './get-rule-moves.ts';
import { getRules } from './get-rules.ts';
import { patchRule } from './patch-rule.ts';
import { postBackTest } from './post-back-test.ts';
import { postMoveUndo } from './post-move-undo.ts';
import { postRuleArm } from './post-rule-arm.ts';
import { postRules } from './post-rules.ts';
import { putRule } from './put-rule.ts';

export function ruleRoutes(context: Context, allow: Doorkeeper): Router {
  const router = express.Router({ caseSensitive: true });
  router.get('/v1/rules', allow('rules:read'), getRules(context));
  router.post('/v1/rules', allow('rules:write', 'rule.create'), readJson, postRules(context));
  router.post('/v1/rules/back-test', allow('rules:read'), readJson, postBackTest(context));
  router.get('/v1/rules/:rule_id', allow('rules:read'), getRule(context));
  router.put('/v1/rules/:rule_id', allow('rules:write', 'rule.version'), readJson, putRule(context));
  router.patch('/v1/rules/:rule_id', allow('rules:write', 'rule.switch'), readJson, patchRule(context));
  router.delete('/v1/rules/:rule_id', allow('rules:write', 'rule.archive'), deleteRule(context));
  router.post('/v1/rules/:rule_id/arm', allow('rules:write', 'rule.arm'), postRuleArm(context));
  router.get('/v1/rule-moves', allow('rules:read'), getRuleMoves(context));
  router.post('/v1/rule-moves/:move_id/undo', allow('rules:write', 'move.undo'), postMoveUndo(context));
  return router;
}
