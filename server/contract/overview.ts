// The overview on the wire: what needs you first, then days, portals and totals.
import { z } from 'zod';
import { connectionSchema } from './connection.ts';
import { timestamp } from './text.ts';

export const overviewQuerySchema = z.strictObject({ days: z.coerce.number().int().min(1).max(90).default(30) });

export const needCodes = [
  'connect_hubspot',
  'sign_in_again',
  'app_uninstalled',
  'rights_missing',
  'preparation_failed',
  'deliveries_dead',
  'connection_paused',
  'make_first_link',
] as const;

const needSchema = z.object({
  code: z.enum(needCodes),
  urgency: z.enum(['now', 'soon', 'hint']),
  words: z.string(),
  next: z.string(),
  count: z.int().nullable(),
  where: z.string().meta({ description: 'A place in the console.', example: '/connections/con_1' }),
});

const countsShape = {
  clicks: z.int(),
  conversions: z.int(),
  human: z.int(),
  machine: z.int(),
  unsure: z.int(),
  human_share: z.number().nullable().meta({ description: 'Of the clicks that were judged, 0 to 1; null without any.' }),
  delivered: z.int().meta({ description: 'Deliveries: one per event and connection.' }),
  waiting: z.int(),
  failed: z.int(),
  skipped: z.int(),
};

export const overviewSchema = z
  .object({
    needs: z.array(needSchema).meta({ description: 'What needs a person, the most urgent first. Empty: nothing.' }),
    totals: z.object(countsShape),
    days: z
      .array(z.object({ day: z.iso.date(), ...countsShape }))
      .meta({ description: 'UTC days by arrival, oldest first, those without events too.' }),
    calls: z.object({
      total: z.int().meta({ description: 'Calls to HubSpot, for every workspace of the same portals.' }),
      per_1000_clicks: z.number().nullable(),
    }),
    portals: z.array(
      z.object({
        connection_id: z.string(),
        portal_id: z.int(),
        hub_domain: z.string(),
        state: connectionSchema.shape.state,
        health: connectionSchema.shape.health,
        last_refresh_at: timestamp,
      }),
    ),
    complete: z.boolean().meta({
      description: 'False: some hours are still being counted, or one had more events than are counted; ask again.',
    }),
    counted_at: timestamp,
  })
  .meta({ id: 'Overview' });

export type Overview = z.infer<typeof overviewSchema>;
