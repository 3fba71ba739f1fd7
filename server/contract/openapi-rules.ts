// The part of the OpenAPI document about threshold rules and their moves.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { operation } from './openapi-operation.ts';
import {
  backTestReplySchema,
  backTestSchema,
  moveListSchema,
  moveSchema,
  movesQuerySchema,
  newRuleSchema,
  ruleChangeSchema,
  ruleListSchema,
  ruleSchema,
  ruleTextSchema,
} from './rule.ts';

const rule = (description: string) => ({ status: '200', schema: ruleSchema, description }) as const;

export const rulePaths: ZodOpenApiPathsObject = {
  '/v1/rules': {
    get: operation({
      id: 'getRules',
      summary: 'List rules',
      scope: 'rules:read',
      reply: { status: '200', schema: ruleListSchema, description: 'The rules of the workspace, oldest first.' },
    }),
    post: operation({
      id: 'postRules',
      summary: 'Make a rule from its text',
      scope: 'rules:write',
      body: newRuleSchema,
      reply: { status: '201', schema: ruleSchema, description: 'The rule.' },
      refusals: ['404', '422'],
    }),
  },
  '/v1/rules/back-test': {
    post: operation({
      id: 'postBackTest',
      summary: 'Rehearse a draft over stored clicks',
      scope: 'rules:read',
      body: backTestSchema,
      reply: {
        status: '200',
        schema: backTestReplySchema,
        description: 'Per threshold, the deals it would have moved.',
      },
      refusals: ['404', '422'],
    }),
  },
  '/v1/rules/{rule_id}': {
    get: operation({
      id: 'getRule',
      summary: 'Read a rule',
      scope: 'rules:read',
      path: 'rule_id',
      reply: rule('The rule.'),
      refusals: ['404'],
    }),
    put: operation({
      id: 'putRule',
      summary: 'Make the next version of a rule',
      scope: 'rules:write',
      path: 'rule_id',
      body: ruleTextSchema,
      reply: rule('The new version.'),
      refusals: ['404', '409', '422'],
    }),
    patch: operation({
      id: 'patchRule',
      summary: 'Switch a rule on or off',
      scope: 'rules:write',
      path: 'rule_id',
      body: ruleChangeSchema,
      reply: rule('The rule.'),
      refusals: ['404'],
    }),
    delete: operation({
      id: 'deleteRule',
      summary: 'Archive a rule',
      scope: 'rules:write',
      path: 'rule_id',
      reply: rule('The rule as it was.'),
      refusals: ['404'],
    }),
  },
  '/v1/rules/{rule_id}/arm': {
    post: operation({
      id: 'postRuleArm',
      summary: 'Let a rule fire once more for each deal',
      scope: 'rules:write',
      path: 'rule_id',
      reply: rule('The rule, armed again.'),
      refusals: ['404'],
    }),
  },
  '/v1/rule-moves': {
    get: operation({
      id: 'getRuleMoves',
      summary: 'What rules did to deals, newest first',
      scope: 'rules:read',
      query: movesQuerySchema,
      reply: { status: '200', schema: moveListSchema, description: 'A page of moves.' },
      refusals: ['400'],
    }),
  },
  '/v1/rule-moves/{move_id}/undo': {
    post: operation({
      id: 'postMoveUndo',
      summary: 'Take a move back',
      scope: 'rules:write',
      path: 'move_id',
      reply: { status: '200', schema: moveSchema, description: 'The move, undone. The deal is exempt from the rule.' },
      refusals: ['404', '409'],
    }),
  },
};
