// What contacts and deals of an account are called, for pages that show a delivery, a move or a rehearsal.
import { z } from 'zod';

const ids = z
  .string()
  .max(20 * 100)
  .regex(/^\d{1,19}(,\d{1,19}){0,99}$/, 'Up to 100 HubSpot ids, separated by commas.')
  .transform((text) => text.split(','))
  .optional()
  .meta({ description: 'Up to 100 HubSpot ids, comma-separated.', example: '501,502' });

export const recordNamesQuerySchema = z.strictObject({ contact_ids: ids, deal_ids: ids });

const named = z.array(z.object({ id: z.string(), name: z.string() }));

export const recordNamesSchema = z
  .object({ contacts: named, deals: named })
  .meta({ id: 'RecordNames', description: 'Records without a name, and those no event has met yet, are left out.' });

export type RecordNames = z.infer<typeof recordNamesSchema>;
