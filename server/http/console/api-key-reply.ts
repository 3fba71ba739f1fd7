// An API key in the words of the wire: everything about it but the key.
import type { z } from 'zod';
import type { apiKeySchema } from '../../contract/api-key.ts';
import type { ShownKey } from '../../flows/console/api-keys.ts';

export function apiKeyReply(key: ShownKey['key']): z.infer<typeof apiKeySchema> {
  return {
    id: key._id,
    name: key.name,
    prefix: key.prefix ?? null,
    scopes: key.scopes,
    created_at: key.createdAt.toISOString(),
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    ends_at: key.endsAt?.toISOString() ?? null,
    revoked_at: key.revokedAt?.toISOString() ?? null,
  };
}
