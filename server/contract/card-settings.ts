// The settings page of the Card API: what it shows and what it may change. `connection_id` may be left out where the account has one connection.
import { z } from 'zod';
import { mappingSources } from '../domain/field-mapping.ts';
import { ruleModes } from '../domain/rules/rule.ts';
import { cardConnectionSchema, cardRuleSchema, consoleUrl, recordId } from './card-parts.ts';
import { connectionChangeSchema, connectionSchema } from './connection.ts';
import { fieldMappingSchema } from './field-mapping.ts';
import { pipelineSchema, propertySchema } from './portal-metadata.ts';
import { portalId, safeId } from './text.ts';

const connectionId = safeId(64).optional();
const which = { connection_id: connectionId };

export const cardSettingsQuerySchema = z.object(which);

export const cardSettingsSchema = z
  .object({
    connection: cardConnectionSchema,
    user: z.object({
      id: z.string(),
      can_change: z.boolean(),
      reason: z.enum(['not_an_admin']).nullable().meta({ description: 'Why this person may look and not change.' }),
    }),
    connections: z
      .array(z.object({ id: z.string(), workspace: z.string(), state: z.enum(['active', 'paused']) }))
      .meta({
        description: 'More than one: several Elido workspaces use this account. Send `connection_id` to choose.',
      }),
    selected: connectionSchema.nullable().meta({ description: 'Null: not connected.' }),
    scopes: z
      .array(z.object({ scope: z.string(), granted: z.boolean(), reason: z.string(), without: z.string() }))
      .meta({ description: 'Every scope the app asks for, why, and what fails without it.' }),
    field_mapping: z.array(
      z.object({
        source: z.enum(mappingSources),
        object: z.literal('contact'),
        property: z.string(),
        label: z.string().nullable(),
        type: z.string().nullable(),
        problem: z
          .string()
          .nullable()
          .meta({ description: 'Why this row cannot work in the account as it is now, in English.' }),
      }),
    ),
    sources: z
      .array(z.object({ source: z.enum(mappingSources), types: z.array(z.string()) }))
      .meta({ description: 'What can be mapped, and the property types that can hold it.' }),
    rules: z.array(
      cardRuleSchema.extend({ enabled: z.boolean(), need: z.int(), connection_id: z.string(), version: z.int() }),
    ),
    pipelines: z.array(pipelineSchema),
    retention_days: z.int(),
    recent_clicks_days: z.int(),
    dialects: z.array(z.object({ name: z.enum(['app_events', 'timeline_v3', 'notes']), available: z.boolean() })),
    disconnect: z.object({
      uninstalls: z.boolean().meta({ description: 'False: another workspace goes on using the account.' }),
      waiting: z.int().meta({ description: 'Events on their way that would not be written any more.' }),
      waiting_more: z.boolean(),
    }),
    console_url: consoleUrl,
  })
  .meta({ id: 'CardSettings' });

export const cardPropertiesQuerySchema = z.object({
  search: z.string().trim().max(100).default(''),
  source: z.enum(mappingSources).optional().meta({ description: 'Only those that can hold it are mappable then.' }),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

export const cardPropertiesSchema = z
  .object({
    properties: z.array(propertySchema),
    more: z.boolean(),
    known: z.boolean().meta({ description: 'False: the properties of the account are being read; ask again.' }),
  })
  .meta({ id: 'CardProperties' });

export const cardConnectionChangeSchema = z
  .strictObject({ ...connectionChangeSchema.shape, ...which })
  .refine((change) => Object.keys(change).some((key) => key !== 'connection_id'), 'Send at least one field to change.')
  .meta({ id: 'CardConnectionChange' });

export const cardFieldMappingSchema = z
  .strictObject({ ...fieldMappingSchema.shape, ...which })
  .meta({ id: 'CardFieldMapping' });

export const cardTrySchema = z
  .strictObject({
    contact_id: recordId,
    rows: fieldMappingSchema.shape.rows
      .optional()
      .meta({ description: 'A mapping that is not saved yet. Left out: the mapping as it is.' }),
    ...which,
  })
  .meta({ id: 'CardFieldMappingTry' });

export const cardRuleChangeSchema = z
  .strictObject({ enabled: z.boolean().optional(), mode: z.enum(ruleModes).optional() })
  .refine((change) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'CardRuleChange' });

export const cardDisconnectSchema = z
  .strictObject({
    confirm: portalId.meta({ description: 'The id of this account, so that nobody disconnects by a slip.' }),
    ...which,
  })
  .meta({ id: 'CardDisconnect' });

export const cardDisconnectReplySchema = z
  .object({
    connection: cardConnectionSchema,
    hubspot: z.enum(['uninstalled', 'kept', 'failed']),
  })
  .meta({ id: 'CardDisconnectReply' });
