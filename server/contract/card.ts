// The Card API: what cards, home page and settings page inside HubSpot ask, and what they get. `cardOperations` is the list of all of it;
// the document docs/card-openapi.json and the types of the cards are made from it.
import { z } from 'zod';
import { cardContactSchema, cardDealSchema, cardHomeSchema } from './card-reading.ts';
import {
  cardConnectionChangeSchema,
  cardDisconnectReplySchema,
  cardDisconnectSchema,
  cardFieldMappingSchema,
  cardPropertiesSchema,
  cardPropertiesQuerySchema,
  cardRuleChangeSchema,
  cardSettingsQuerySchema,
  cardSettingsSchema,
  cardTrySchema,
} from './card-settings.ts';
import { cardMoveSchema } from './card-parts.ts';
import { explanationSchema } from './delivery-log.ts';
import { fieldMappingTrySchema } from './portal-metadata.ts';

const digits = z
  .string()
  .regex(/^\d{1,19}$/, 'A HubSpot id is made of digits only.')
  .optional();

const readingFields = {
  days: z.enum(['30', '90']).default('30').transform(Number).meta({ description: 'The period: 30 or 90 days.' }),
  contact: digits.meta({ description: 'Only clicks of this contact.' }),
  link: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'The slug of a link.')
    .optional()
    .meta({ description: 'Only clicks on this link.' }),
  verdict: z
    .enum(['human', 'machine'])
    .default('human')
    .meta({ description: 'Which clicks `recent` lists. Everything else counts human clicks.' }),
  cursor: z.string().max(200).optional(),
};

export const cardReadingQuerySchema = z.object(readingFields);
export type CardReadingQuery = z.infer<typeof cardReadingQuerySchema>;
export const cardHomeQuerySchema = z.object({ days: readingFields.days });

export interface CardOperation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch';
  /** Behind `/card/v1`. */
  path: string;
  summary: string;
  query?: z.ZodObject;
  body?: z.ZodType;
  reply: z.ZodType;
}

export const cardOperations: readonly CardOperation[] = [
  {
    id: 'getCardDeal',
    method: 'get',
    path: '/deals/{deal_id}',
    summary: 'The deal card',
    query: cardReadingQuerySchema,
    reply: cardDealSchema,
  },
  {
    id: 'getCardContact',
    method: 'get',
    path: '/contacts/{contact_id}',
    summary: 'The contact card',
    query: cardReadingQuerySchema,
    reply: cardContactSchema,
  },
  {
    id: 'getCardHome',
    method: 'get',
    path: '/home',
    summary: 'The home page: the whole account',
    query: cardHomeQuerySchema,
    reply: cardHomeSchema,
  },
  {
    id: 'postCardMoveUndo',
    method: 'post',
    path: '/moves/{move_id}/undo',
    summary: 'Take a move back while the deal still stands where the rule put it',
    reply: cardMoveSchema,
  },
  {
    id: 'getCardExplanation',
    method: 'get',
    path: '/events/{event_id}/explanation',
    summary: 'Why an event is, or is not, on the timeline',
    reply: explanationSchema,
  },
  {
    id: 'getCardSettings',
    method: 'get',
    path: '/settings',
    summary: 'The settings page',
    query: cardSettingsQuerySchema,
    reply: cardSettingsSchema,
  },
  {
    id: 'getCardProperties',
    method: 'get',
    path: '/settings/properties',
    summary: 'Contact properties to map to, by name or label',
    query: cardPropertiesQuerySchema,
    reply: cardPropertiesSchema,
  },
  {
    id: 'patchCardConnection',
    method: 'patch',
    path: '/settings/connection',
    summary: 'Mode, dialect, conversion stage, pause and resume',
    body: cardConnectionChangeSchema,
    reply: cardSettingsSchema,
  },
  {
    id: 'putCardFieldMapping',
    method: 'put',
    path: '/settings/field-mapping',
    summary: 'Replace the field mapping',
    body: cardFieldMappingSchema,
    reply: cardSettingsSchema,
  },
  {
    id: 'postCardFieldMappingTry',
    method: 'post',
    path: '/settings/field-mapping/try',
    summary: 'What a mapping would change on a real contact; nothing is written',
    body: cardTrySchema,
    reply: fieldMappingTrySchema,
  },
  {
    id: 'patchCardRule',
    method: 'patch',
    path: '/settings/rules/{rule_id}',
    summary: 'A rule on or off, and its mode',
    body: cardRuleChangeSchema,
    reply: cardSettingsSchema,
  },
  {
    id: 'postCardDisconnect',
    method: 'post',
    path: '/settings/disconnect',
    summary: 'Disconnect this account',
    body: cardDisconnectSchema,
    reply: cardDisconnectReplySchema,
  },
];
