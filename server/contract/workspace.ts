// The settings of a workspace on the wire.
import { z } from 'zod';
import { shownText, timestamp } from './text.ts';

const mode = z.enum(['clicks_and_conversions', 'conversions_only']);

export const workspaceSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    created_at: timestamp,
    count_policy: z
      .object({ count_machines: z.boolean(), count_unsure: z.boolean() })
      .meta({ description: 'Which clicks are written and counted besides those of people.' }),
    default_mode: mode.meta({ description: 'What new connections begin with.' }),
    snippet: z.object({
      public_key: z.string().nullable().meta({ description: 'Null until an origin is allowed.' }),
      origins: z.array(z.string()),
      accept_email: z.boolean(),
      script_url: z.url(),
    }),
    retention_days: z.int().meta({ description: 'How long settled deliveries are kept.' }),
    retention_limits: z
      .object({ least: z.int(), most: z.int() })
      .meta({ description: 'What may be chosen; whoever runs the server sets the most.' }),
  })
  .meta({ id: 'Workspace' });

export const workspaceChangeSchema = z
  .strictObject({
    name: shownText(200).trim().min(1).optional(),
    count_policy: z
      .strictObject({ count_machines: z.boolean().optional(), count_unsure: z.boolean().optional() })
      .optional(),
    default_mode: mode.optional(),
    retention_days: z.int().min(1).max(36_500).nullable().optional().meta({
      description: 'Null: as long as the operator keeps anything. What is older is forgotten within the hour.',
    }),
    snippet: z
      .strictObject({
        origins: z.array(shownText(300)).max(50).optional(),
        accept_email: z.boolean().optional(),
        new_public_key: z.literal(true).optional().meta({ description: 'The old public key ends at once.' }),
      })
      .optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Send at least one field to change.')
  .meta({ id: 'WorkspaceChange' });

export type WorkspaceChange = z.infer<typeof workspaceChangeSchema>;
