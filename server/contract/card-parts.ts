// What replies of the Card API have in common. They carry facts (numbers, ids, times, codes); the words in the reader's language are the card's.
import { z } from 'zod';
import { cardConnectionStates } from '../domain/card/connection-state.ts';
import { ruleModes } from '../domain/rules/rule.ts';
import { timestamp } from './text.ts';

export const recordId = z
  .string()
  .regex(/^\d{1,19}$/, 'A HubSpot id is made of digits only.')
  .meta({ description: 'A HubSpot record id.', example: '701' });

export const cardConnectionSchema = z
  .object({
    state: z.enum(cardConnectionStates).meta({
      description:
        '`not_connected`: no Elido workspace uses this account. `needs_permission`: connected with fewer rights than the app needs.',
    }),
    since: timestamp.nullable(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'A code of docs/failures.md.', example: 'hubspot_token_revoked' }),
    words: z.string().meta({ description: 'The same in English, with what to do in `next_step`.' }),
    next_step: z.string().nullable(),
    preparing: z.boolean().meta({ description: 'Properties and event types are still being made.' }),
  })
  .meta({ id: 'CardConnection' });

export const cardPersonSchema = z
  .object({
    id: recordId,
    name: z.string().nullable().meta({ description: 'Null: Elido has not seen the name yet.' }),
  })
  .meta({ id: 'CardPerson' });

export const cardLinkSchema = z
  .object({
    slug: z.string().meta({ example: 'q2-pricing' }),
    title: z.string(),
    short_url: z.string().meta({ description: 'Without scheme.', example: 's.example.com/r/q2-pricing' }),
  })
  .meta({ id: 'CardLink' });

export const cardStageSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    pipeline: z.object({ id: z.string(), name: z.string().nullable() }),
  })
  .meta({ id: 'CardStage' });

export const cardPeriodSchema = z
  .object({
    days: z.int().meta({ example: 30 }),
    from: timestamp,
    to: timestamp,
    before_from: timestamp.meta({ description: 'The time before, of the same length, ends at `from`.' }),
  })
  .meta({ id: 'CardPeriod' });

/** Human clicks. `more`: there are more than Elido counts while somebody waits; the numbers are the least there are. */
export const cardCountSchema = z.object({ now: z.int(), before: z.int(), more: z.boolean() }).meta({ id: 'CardCount' });

export const cardTrendSchema = z
  .array(z.object({ day: z.iso.date(), clicks: z.int() }))
  .meta({ id: 'CardTrend', description: 'Human clicks by day (UTC), oldest first; every day of the period is there.' });

export const machineCountSchema = z.object({ clicks: z.int(), more: z.boolean() }).meta({ id: 'CardMachineCount' });

export const cardClickSchema = z
  .object({
    id: z.string().meta({ description: 'The event id: ask for its explanation.' }),
    at: timestamp,
    contact: cardPersonSchema.nullable(),
    link: cardLinkSchema,
    country: z.string().nullable().meta({ description: 'ISO 3166 alpha-2.', example: 'DE' }),
    device: z.string().nullable().meta({ example: 'mobile' }),
    verdict: z.enum(['human', 'machine', 'unsure']).nullable(),
    state: z.enum(['queued', 'held', 'waiting_contact', 'blocked_auth', 'retrying', 'delivered', 'skipped', 'dead']),
    reason: z.string().nullable().meta({ description: 'A code of docs/failures.md: why it is not on the timeline.' }),
  })
  .meta({ id: 'CardClick' });

export const cardClickPageSchema = z
  .object({
    clicks: z.array(cardClickSchema),
    next_cursor: z.string().nullable().meta({ description: 'Send it as `cursor` for the older ones.' }),
  })
  .meta({ id: 'CardClickPage' });

export const linkCountSchema = z.object({ link: cardLinkSchema, clicks: z.int(), last_at: timestamp });
export const personCountSchema = z.object({ contact: cardPersonSchema, clicks: z.int(), last_at: timestamp });

export const cardRuleSchema = z
  .object({
    id: z.string(),
    name: z.string().nullable(),
    mode: z.enum(ruleModes),
    by: z.enum(['link_tag', 'link']),
    value: z.string().meta({ description: 'The tag, or the link.' }),
    window_days: z.number(),
    target: cardStageSchema,
  })
  .meta({ id: 'CardRule' });

export const ruleProgressSchema = cardRuleSchema
  .extend({
    contact: cardPersonSchema.nullable().meta({ description: 'Whose clicks bring the deal nearest.' }),
    have: z.int(),
    need: z.int(),
    missing: z.int(),
    decision: z
      .enum(['not_yet', 'blocked', 'already_fired', 'exempt', 'move'])
      .meta({ description: '`move`: enough clicks; it fires with the next one.' }),
    blocked_by: z.array(
      z.object({
        guard: z.enum(['enabled', 'pipeline', 'stage', 'associated_contact', 'deal_amount_min', 'deal_unknown']),
        params: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      }),
    ),
    words: z.string().meta({ description: 'The same in English.' }),
  })
  .meta({ id: 'CardRuleProgress' });

export const cardMoveSchema = z
  .object({
    id: z.string(),
    rule: z.object({ id: z.string(), name: z.string().nullable(), version: z.int() }),
    deal_id: z.string(),
    deal_name: z.string().nullable(),
    contact: cardPersonSchema.nullable(),
    from: cardStageSchema,
    to: cardStageSchema,
    state: z.enum(['planned', 'done', 'watched', 'suggested', 'failed', 'void', 'undone']),
    at: timestamp,
    counted: z.int().meta({ description: 'How many clicks moved it.' }),
    excluded: z.array(z.object({ reason: z.string(), clicks: z.int() })),
    guards: z.array(z.object({ name: z.string(), ok: z.boolean(), words: z.string() })),
    words: z.string().meta({ description: 'Why, in English.' }),
    undo: z.object({
      possible: z.boolean(),
      reason: z
        .enum(['not_done', 'already_undone', 'deal_moved_on'])
        .nullable()
        .meta({ description: 'Why not. HubSpot is asked again when somebody does undo it.' }),
    }),
  })
  .meta({ id: 'CardMove' });

export const cardProblemSchema = z
  .object({
    code: z.string().meta({ example: 'needs_sign_in' }),
    params: z.record(z.string(), z.union([z.string(), z.number()])),
    words: z.string(),
    next: z.string(),
  })
  .meta({ id: 'CardProblem' });

export const consoleUrl = z.url().meta({ description: 'The same in the Elido console.' });
