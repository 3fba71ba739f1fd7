// Replays on the wire: which deliveries to send again, a preview, and how far a replay has come.
import { z } from 'zod';
import { deliveryStates } from '../domain/delivery.ts';
import { logFilterFields } from './delivery-log.ts';
import { safeId, timestamp } from './text.ts';

export const maxReplayIds = 1_000;

const filterSchema = z
  .strictObject({ ...logFilterFields, state: z.enum(['skipped', 'dead']).optional() })
  .omit({ event_id: true })
  .meta({ description: 'As in the delivery log. Without `state`: what was skipped and what died.' });

export const newReplaySchema = z
  .strictObject({
    ids: z
      .array(z.string().min(1).max(300))
      .min(1)
      .max(maxReplayIds)
      .optional()
      .meta({ description: 'Ids of deliveries, or of events: then to every connection.' }),
    filter: filterSchema.optional(),
    preview: z.boolean().default(false).meta({ description: 'Only say what would be replayed.' }),
    key: safeId(128)
      .optional()
      .meta({ description: 'Yours. The same key again gives the same replay instead of another one.' }),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    path: ['ids'],
    message: 'Name deliveries by ids or by filter, one of them.',
  })
  .meta({ id: 'NewReplay' });

const groupSchema = z.object({
  state: z.enum(deliveryStates),
  reason: z.object({ code: z.string(), words: z.string(), next: z.string() }).nullable(),
  deliveries: z.int(),
});

export const previewSchema = z
  .object({
    preview: z.literal(true),
    would_replay: z.int(),
    not_replayable: z.int().meta({
      description: 'Of no connection: events are forwarded from the moment of connecting only. Or not skipped or dead.',
    }),
    more: z.boolean().meta({ description: 'True: there are more than were counted.' }),
    groups: z.array(groupSchema),
  })
  .meta({ id: 'ReplayPreview' });

export const replayStates = ['running', 'done', 'canceled'] as const;

export const replaySchema = z
  .object({
    id: z.string(),
    state: z.enum(replayStates),
    looked_at: z.int(),
    replayed: z.int(),
    waiting_for: z
      .string()
      .nullable()
      .meta({ description: 'Why it goes on later: a portal that is busy with newer events.' }),
    requested_at: timestamp,
    ended_at: timestamp.nullable(),
  })
  .meta({ id: 'Replay' });

export const postReplayReplySchema = z.union([previewSchema, replaySchema]);
