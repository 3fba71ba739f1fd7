// Connections on the wire: what they are set to, and how their portal is doing.
import { z } from 'zod';
import { healthStates } from '../domain/portal-health.ts';
import { portalId, shownText, timestamp } from './text.ts';

const mode = z.enum(['clicks_and_conversions', 'conversions_only']);
const stageId = shownText(255).min(1);
const conversionStage = z
  .strictObject({ pipeline: stageId, stage: stageId })
  .nullable()
  .meta({
    description:
      'Where a conversion moves the open deals of its contact, forward only: a deal pipeline and stage, by id or label. Null leaves deals alone.',
    example: { pipeline: 'default', stage: 'qualifiedtobuy' },
  });
const dialect = z.enum(['app_events', 'timeline_v3', 'notes']);

export const connectionChangeSchema = z
  .strictObject({
    mode: mode.optional(),
    dialect: dialect.optional().meta({ description: 'The HubSpot event API that clicks are written with.' }),
    state: z.enum(['active', 'paused']).optional(),
    conversion_stage: conversionStage.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'ConnectionChange' });

export type ConnectionChangeRequest = z.infer<typeof connectionChangeSchema>;

const stepSchema = z.object({
  name: z.string(),
  state: z.enum(['pending', 'done', 'failed']),
  detail: z.string(),
  at: timestamp,
});

export const connectionSchema = z
  .object({
    id: z.string(),
    portal_id: portalId,
    hub_domain: z.string(),
    state: z.enum(['active', 'paused', 'disconnected']),
    mode,
    dialect,
    conversion_stage: conversionStage,
    connected_at: timestamp.meta({ description: 'Events are forwarded from here on.' }),
    health: z.object({
      state: z.enum(healthStates).meta({
        description:
          '`refreshing`: the token is being renewed, nothing to do. `insufficient_permissions`: the token lives, rights are missing. `needs_sign_in` and `uninstalled`: nothing is sent, the queue is kept.',
      }),
      since: timestamp,
      reason: z.object({ code: z.string(), words: z.string(), next: z.string() }).nullable().meta({
        description: 'Why, where there is a reason. The code has a heading in docs/failures.md.',
      }),
      words: z.string().meta({ description: 'The state in words, always there.' }),
      next_step: z.string().nullable().meta({ description: 'What to do; null when there is nothing to do.' }),
      last_refresh_at: timestamp
        .nullable()
        .meta({ description: 'Null for a private app token: it is never refreshed.' }),
      token_expires_at: timestamp.nullable().meta({ description: 'Null for a private app token: it does not expire.' }),
    }),
    scopes: z.object({ granted: z.array(z.string()), missing: z.array(z.string()) }),
    asked_scopes: z
      .array(z.object({ scope: z.string(), granted: z.boolean(), reason: z.string(), without: z.string() }))
      .meta({ description: 'Every scope the app asks for, why, and what fails without it.' }),
    last_refresh_at: timestamp,
    provisioning: z.object({
      state: z.enum(['pending', 'running', 'ready', 'failed']),
      at: timestamp,
      steps: z.array(stepSchema),
    }),
  })
  .meta({ id: 'Connection' });

export const connectionListSchema = z.object({ connections: z.array(connectionSchema) }).meta({ id: 'ConnectionList' });

export const disconnectReplySchema = z
  .object({
    connection: connectionSchema,
    hubspot: z.enum(['uninstalled', 'kept', 'failed']).meta({
      description:
        '`kept`: another workspace uses the portal, or it is connected by a private app token. `failed`: HubSpot could not be told; repeat the call, or uninstall there.',
    }),
  })
  .meta({ id: 'DisconnectReply' });

export const installLinkSchema = z.object({ url: z.url(), expires_at: timestamp }).meta({ id: 'InstallLink' });
