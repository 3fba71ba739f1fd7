// Connections on the wire: what they are set to, and how their portal is doing.
import { z } from 'zod';
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
      state: z.enum(['connected', 'needs_sign_in', 'uninstalled']),
      since: timestamp,
      reason: z.object({ code: z.string(), words: z.string(), next: z.string() }).nullable(),
    }),
    scopes: z.object({ granted: z.array(z.string()), missing: z.array(z.string()) }),
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
        '`kept`: another workspace uses the portal. `failed`: HubSpot could not be told; repeat the call, or uninstall there.',
    }),
  })
  .meta({ id: 'DisconnectReply' });

export const installLinkSchema = z.object({ url: z.url(), expires_at: timestamp }).meta({ id: 'InstallLink' });
