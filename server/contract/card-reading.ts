// Replies of the Card API about clicks: the deal card, the contact card and the home page. Each stays under 50 kB.
import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import {
  cardClickPageSchema,
  cardClickSchema,
  cardConnectionSchema,
  cardCountSchema,
  cardLinkSchema,
  cardMoveSchema,
  cardPeriodSchema,
  cardPersonSchema,
  cardProblemSchema,
  cardRuleSchema,
  cardStageSchema,
  cardTrendSchema,
  consoleUrl,
  linkCountSchema,
  machineCountSchema,
  personCountSchema,
  recordId,
  ruleProgressSchema,
} from './card-parts.ts';
import { timestamp } from './text.ts';

const activity = {
  connection: cardConnectionSchema,
  now: timestamp.meta({ description: 'The time on the server, to the minute: what "3 minutes ago" is counted from.' }),
  period: cardPeriodSchema,
  clicks: cardCountSchema,
  machine: machineCountSchema,
  trend: cardTrendSchema,
};

/** What the filters offer: of the whole period, whatever is filtered by now. */
const choices = { links: z.array(linkCountSchema), contacts: z.array(personCountSchema) };

export const cardDealSchema = z
  .object({
    ...activity,
    ...choices,
    deal: z.object({
      id: recordId,
      name: z.string().nullable(),
      stage: cardStageSchema.nullable(),
      amount: z.number().nullable(),
      seen_at: timestamp.nullable().meta({ description: 'When Elido last saw the deal. Null: never.' }),
    }),
    recent: cardClickPageSchema,
    top_links: z.array(linkCountSchema),
    rules: z.array(ruleProgressSchema).meta({ description: 'The nearest to moving the deal first.' }),
    last_move: cardMoveSchema.nullable(),
    log_url: consoleUrl,
  })
  .meta({ id: 'CardDeal' });

const touchSchema = z
  .object({
    click_id: z.string(),
    at: timestamp,
    slug: z.string(),
    utm: z.object({
      source: z.string().nullable(),
      medium: z.string().nullable(),
      campaign: z.string().nullable(),
      content: z.string().nullable(),
      term: z.string().nullable(),
    }),
  })
  .meta({ id: 'CardTouch' });

const conversionSchema = z
  .object({
    id: z.string(),
    at: timestamp,
    name: z.string(),
    value: z.number().nullable(),
    currency: z.string().nullable(),
    link: cardLinkSchema.nullable(),
    state: z.enum(deliveryStates),
    reason: z.string().nullable(),
  })
  .meta({ id: 'CardConversion' });

export const cardContactSchema = z
  .object({
    ...activity,
    links: choices.links,
    contact: cardPersonSchema,
    recent: cardClickPageSchema,
    top_links: z.array(linkCountSchema),
    touches: z.object({
      first: touchSchema.nullable(),
      lead: touchSchema.nullable().meta({ description: 'The last before the contact was created in HubSpot.' }),
      deal: touchSchema.nullable().meta({ description: 'The last before its newest open deal was created.' }),
      last: touchSchema.nullable(),
    }),
    conversions: z.array(conversionSchema).meta({ description: 'Newest first, at most 20.' }),
    missing: z
      .object({
        events: z.array(cardClickSchema.extend({ words: z.string(), next: z.string() })),
        more: z.boolean(),
      })
      .meta({
        description: 'Clicks that named this contact and are not on the timeline, newest first, with the reason.',
      }),
    log_url: consoleUrl,
  })
  .meta({ id: 'CardContact' });

export const cardHomeSchema = z
  .object({
    ...activity,
    ...choices,
    deals: z.array(
      z.object({
        deal: z.object({ id: recordId, name: z.string().nullable(), stage: cardStageSchema.nullable() }),
        clicks: z.int(),
        last_at: timestamp,
      }),
    ),
    rules: z.array(cardRuleSchema.extend({ enabled: z.boolean(), need: z.int() })),
    moves: z.array(cardMoveSchema).meta({ description: 'Newest first, at most 10.' }),
    queue: z
      .object({ waiting: z.int(), blocked: z.int(), more: z.boolean(), oldest_at: timestamp.nullable() })
      .meta({ description: 'Events on their way.' }),
    problems: z.array(cardProblemSchema).meta({ description: 'What needs somebody, the most urgent first.' }),
    console_url: consoleUrl,
  })
  .meta({ id: 'CardHome' });
