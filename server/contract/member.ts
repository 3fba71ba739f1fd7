// The people of a workspace on the wire: members, invitations and the links that open them.
import { z } from 'zod';
import { roles } from './api-scopes.ts';
import { emailText, shownText, timestamp } from './text.ts';

const role = z.enum(roles);

export const memberSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    signs_in_by: z.enum(['hubspot', 'link']),
    you: z.boolean(),
    joined_at: timestamp,
    last_seen_at: timestamp.nullable(),
  })
  .meta({ id: 'Member' });

export const invitationSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    role,
    created_at: timestamp,
    expires_at: timestamp,
  })
  .meta({ id: 'Invitation' });

export const memberListSchema = z
  .object({ members: z.array(memberSchema), invitations: z.array(invitationSchema) })
  .meta({ id: 'MemberList' });

export const newInvitationSchema = z
  .strictObject({
    role,
    name: shownText(100).trim().min(1),
    email: emailText.optional().meta({ description: 'For you to know who it is; no mail is sent.' }),
  })
  .meta({ id: 'NewInvitation' });

export type NewInvitation = z.infer<typeof newInvitationSchema>;

export const memberChangeSchema = z.strictObject({ role }).meta({ id: 'MemberChange' });

export const signInLinkSchema = z
  .object({
    id: z.string(),
    url: z.url().meta({ description: 'Shown once. It opens the console one time.' }),
    expires_at: timestamp,
  })
  .meta({ id: 'SignInLink' });

export const removedSchema = z.object({ id: z.string(), removed: z.literal(true) }).meta({ id: 'Removed' });
