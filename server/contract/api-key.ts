// API keys on the wire. The key itself is part of one reply, that of making or rotating it, and of no other.
import { z } from 'zod';
import { apiScopesSchema } from './api-scopes.ts';
import { shownText, timestamp } from './text.ts';

export const apiKeySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().nullable().meta({ description: 'How the key begins; null for keys made before this was kept.' }),
    scopes: z.array(z.string()),
    created_at: timestamp,
    last_used_at: timestamp.nullable(),
    ends_at: timestamp.nullable().meta({ description: 'After a rotation: when the old key stops.' }),
    revoked_at: timestamp.nullable(),
  })
  .meta({ id: 'ApiKey' });

export const apiKeyListSchema = z.object({ api_keys: z.array(apiKeySchema) }).meta({ id: 'ApiKeyList' });

export const newApiKeySchema = z
  .strictObject({
    name: shownText(100).trim().min(1),
    scopes: apiScopesSchema.meta({ description: 'At most those of who asks.' }),
  })
  .meta({ id: 'NewApiKey' });

export const rotateApiKeySchema = z
  .strictObject({
    grace_hours: z
      .int()
      .min(0)
      .max(720)
      .default(24)
      .meta({ description: 'How long the old key goes on working beside the new one; 0 ends it at once.' }),
  })
  .meta({ id: 'RotateApiKey' });

export const shownApiKeySchema = z
  .object({ api_key: apiKeySchema, key: z.string().meta({ description: '`elk_...`: shown this once.' }) })
  .meta({ id: 'ShownApiKey' });

export const rotatedApiKeySchema = z
  .object({ ...shownApiKeySchema.shape, previous: apiKeySchema })
  .meta({ id: 'RotatedApiKey' });
