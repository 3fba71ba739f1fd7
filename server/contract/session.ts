// Who is signed in to the console, and the sessions of a person on the wire.
import { z } from 'zod';
import { apiScopes, roles } from './api-scopes.ts';
import { safeId, timestamp } from './text.ts';

const role = z.enum(roles);

export const consoleSessionSchema = z
  .object({
    user: z.object({
      id: z.string().meta({ description: 'The member, as in `/v1/members`.' }),
      name: z.string(),
      email: z.string().nullable(),
      signed_in_by: z.enum(['hubspot', 'link']),
    }),
    role,
    scopes: z.array(z.enum(apiScopes)).meta({ description: 'What the role may do here.' }),
    workspace: z.object({ id: z.string(), name: z.string() }),
    workspaces: z
      .array(z.object({ id: z.string(), name: z.string(), role }))
      .meta({ description: 'Those the session may switch to, the present one included.' }),
    expires_at: timestamp.meta({ description: 'The latest end; a week without use ends a session too.' }),
  })
  .meta({ id: 'ConsoleSession' });

export type ConsoleSession = z.infer<typeof consoleSessionSchema>;

export const switchWorkspaceSchema = z.strictObject({ workspace_id: safeId(64) }).meta({ id: 'SwitchWorkspace' });

export const signedOutSchema = z.object({ signed_out: z.literal(true) }).meta({ id: 'SignedOut' });

export const sessionSchema = z
  .object({
    id: z.string(),
    current: z.boolean().meta({ description: 'The one that asks.' }),
    device: z.string().meta({ example: 'Chrome on macOS' }),
    signed_in_by: z.enum(['hubspot', 'link']),
    created_at: timestamp,
    last_seen_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'Session' });

export const sessionListSchema = z.object({ sessions: z.array(sessionSchema) }).meta({ id: 'SessionList' });

export const endedSessionsSchema = z.object({ ended: z.int() }).meta({ id: 'EndedSessions' });
