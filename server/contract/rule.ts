// Threshold rules and their moves on the wire. The text of a rule is YAML or JSON and is judged with line and column.
import { z } from 'zod';
import { safeId, timestamp } from './text.ts';

const ruleText = z
  .string()
  .min(1)
  .max(20_000)
  .meta({ description: 'The rule as YAML or JSON: trigger, action, guard, and optionally name, mode and enabled.' });

export const newRuleSchema = z.strictObject({ connection_id: safeId(64), text: ruleText }).meta({ id: 'NewRule' });
export const ruleTextSchema = z.strictObject({ text: ruleText }).meta({ id: 'RuleText' });
export const ruleChangeSchema = z.strictObject({ enabled: z.boolean() }).meta({ id: 'RuleChange' });

export const backTestSchema = z
  .strictObject({
    connection_id: safeId(64),
    text: ruleText,
    thresholds: z.array(z.int().min(1).max(100_000)).max(50).default([]),
    days: z.int().min(1).max(365).default(90),
  })
  .meta({ id: 'BackTest' });

export const movesQuerySchema = z.strictObject({
  cursor: z
    .string()
    .max(200)
    .regex(/^\d{1,15}~[\w:]+$/, 'A cursor is the next_cursor of the page before.')
    .optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const ruleSchema = z
  .object({
    id: z.string(),
    connection_id: z.string(),
    name: z.string().nullable(),
    enabled: z.boolean(),
    mode: z.enum(['act', 'suggest', 'watch']),
    version: z.int(),
    text: z.string(),
    arming: z.object({ number: z.int(), since: timestamp.nullable() }),
    versions: z.array(z.object({ version: z.int(), at: timestamp })),
    created_at: timestamp,
  })
  .meta({ id: 'Rule' });

export const ruleListSchema = z.object({ rules: z.array(ruleSchema) }).meta({ id: 'RuleList' });

export const moveSchema = z
  .object({
    id: z.string(),
    rule_id: z.string(),
    rule_version: z.int(),
    connection_id: z.string(),
    portal_id: z.int(),
    deal_id: z.string(),
    contact_id: z.string(),
    pipeline: z.string(),
    from_stage: z.string(),
    to_stage: z.string(),
    state: z.enum(['planned', 'done', 'watched', 'suggested', 'failed', 'void', 'undone']),
    words: z.string(),
    counted: z.array(z.string()),
    excluded: z.array(z.object({ click_id: z.string(), reason: z.string() })),
    guards: z.array(z.object({ name: z.string(), ok: z.boolean(), words: z.string() })),
    detail: z.string().nullable(),
    planned_at: timestamp,
    settled_at: timestamp.nullable(),
  })
  .meta({ id: 'RuleMove' });

export const moveListSchema = z
  .object({ moves: z.array(moveSchema), next_cursor: z.string().nullable() })
  .meta({ id: 'RuleMoveList' });

export const backTestReplySchema = z
  .object({
    clicks: z.int(),
    contacts: z.int(),
    deals: z.int(),
    results: z.array(
      z.object({
        threshold: z.int(),
        moves: z.array(
          z.object({
            deal_id: z.string(),
            contact_id: z.string(),
            click_id: z.string(),
            at: timestamp,
            count: z.int(),
            reached_at: timestamp.nullable(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BackTestReply' });
