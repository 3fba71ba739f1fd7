// The part of the OpenAPI document about people and their console: sessions, members, keys, settings, audit.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import {
  apiKeyListSchema,
  apiKeySchema,
  newApiKeySchema,
  rotateApiKeySchema,
  rotatedApiKeySchema,
  shownApiKeySchema,
} from './api-key.ts';
import { auditListSchema, auditQuerySchema } from './audit.ts';
import {
  memberChangeSchema,
  memberListSchema,
  memberSchema,
  newInvitationSchema,
  removedSchema,
  signInLinkSchema,
} from './member.ts';
import { operation } from './openapi-operation.ts';
import {
  consoleSessionSchema,
  endedSessionsSchema,
  sessionListSchema,
  signedOutSchema,
  switchWorkspaceSchema,
} from './session.ts';
import { workspaceChangeSchema, workspaceSchema } from './workspace.ts';

export const consolePaths: ZodOpenApiPathsObject = {
  '/console/session': {
    get: operation({
      id: 'getConsoleSession',
      summary: 'Who is signed in',
      scope: 'person',
      reply: { status: '200', schema: consoleSessionSchema, description: 'The person, the role and the workspace.' },
    }),
  },
  '/console/session/workspace': {
    post: operation({
      id: 'switchWorkspace',
      summary: 'Go to another workspace',
      scope: 'person',
      body: switchWorkspaceSchema,
      reply: { status: '200', schema: consoleSessionSchema, description: 'The session, in the other workspace.' },
      refusals: ['404'],
    }),
  },
  '/console/sign-out': {
    post: operation({
      id: 'signOut',
      summary: 'Sign out',
      scope: 'person',
      reply: { status: '200', schema: signedOutSchema, description: 'The session is over.' },
    }),
  },
  '/v1/sessions': {
    get: operation({
      id: 'getSessions',
      summary: 'List your own sessions',
      scope: 'person',
      reply: { status: '200', schema: sessionListSchema, description: 'Live sessions, the last used first.' },
    }),
    delete: operation({
      id: 'deleteOtherSessions',
      summary: 'End all of your other sessions',
      scope: 'person',
      reply: { status: '200', schema: endedSessionsSchema, description: 'How many were ended.' },
    }),
  },
  '/v1/sessions/{session_id}': {
    delete: operation({
      id: 'deleteSession',
      summary: 'End one of your sessions',
      scope: 'person',
      path: 'session_id',
      reply: { status: '200', schema: endedSessionsSchema, description: 'It is over.' },
      refusals: ['404'],
    }),
  },
  '/v1/members': {
    get: operation({
      id: 'getMembers',
      summary: 'List members and open invitations',
      scope: 'members:read',
      reply: { status: '200', schema: memberListSchema, description: 'The people of the workspace.' },
    }),
  },
  '/v1/members/invitations': {
    post: operation({
      id: 'postInvitation',
      summary: 'Invite somebody by a link',
      scope: 'members:write',
      body: newInvitationSchema,
      reply: { status: '201', schema: signInLinkSchema, description: 'The link works once, for seven days.' },
    }),
  },
  '/v1/members/invitations/{invitation_id}': {
    delete: operation({
      id: 'deleteInvitation',
      summary: 'Take an invitation back',
      scope: 'members:write',
      path: 'invitation_id',
      reply: { status: '200', schema: removedSchema, description: 'The link does not work any more.' },
      refusals: ['404'],
    }),
  },
  '/v1/members/{member_id}': {
    patch: operation({
      id: 'patchMember',
      summary: 'Change the role of a member',
      scope: 'members:write',
      path: 'member_id',
      body: memberChangeSchema,
      reply: { status: '200', schema: memberSchema, description: 'The member. The last owner stays one.' },
      refusals: ['404', '409'],
    }),
    delete: operation({
      id: 'deleteMember',
      summary: 'Remove a member',
      scope: 'members:write',
      path: 'member_id',
      reply: { status: '200', schema: removedSchema, description: 'Gone, and their sessions with them.' },
      refusals: ['404', '409'],
    }),
  },
  '/v1/members/{member_id}/sign-in-links': {
    post: operation({
      id: 'postMemberSignInLink',
      summary: 'Make a link by which a member signs in again',
      scope: 'members:write',
      path: 'member_id',
      reply: {
        status: '201',
        schema: signInLinkSchema,
        description: 'The link works once, for a day, in this workspace.',
      },
      refusals: ['404'],
    }),
  },
  '/v1/api-keys': {
    get: operation({
      id: 'getApiKeys',
      summary: 'List API keys',
      scope: 'keys:read',
      reply: { status: '200', schema: apiKeyListSchema, description: 'Newest first, without the keys themselves.' },
    }),
    post: operation({
      id: 'postApiKey',
      summary: 'Make an API key',
      scope: 'keys:write',
      body: newApiKeySchema,
      reply: { status: '201', schema: shownApiKeySchema, description: 'The key, this once.' },
    }),
  },
  '/v1/api-keys/{key_id}': {
    delete: operation({
      id: 'deleteApiKey',
      summary: 'Revoke an API key',
      scope: 'keys:write',
      path: 'key_id',
      reply: { status: '200', schema: apiKeySchema, description: 'Ended, in other processes within ten seconds.' },
      refusals: ['404'],
    }),
  },
  '/v1/api-keys/{key_id}/rotate': {
    post: operation({
      id: 'rotateApiKey',
      summary: 'Replace an API key',
      scope: 'keys:write',
      path: 'key_id',
      body: rotateApiKeySchema,
      reply: { status: '201', schema: rotatedApiKeySchema, description: 'The new key, and when the old one ends.' },
      refusals: ['404'],
    }),
  },
  '/v1/workspace': {
    get: operation({
      id: 'getWorkspace',
      summary: 'Read the settings',
      scope: 'workspace:read',
      reply: { status: '200', schema: workspaceSchema, description: 'The workspace of the caller.' },
    }),
    patch: operation({
      id: 'patchWorkspace',
      summary: 'Change the settings',
      scope: 'workspace:write',
      body: workspaceChangeSchema,
      reply: { status: '200', schema: workspaceSchema, description: 'The workspace after the change.' },
    }),
  },
  '/v1/audit': {
    get: operation({
      id: 'getAudit',
      summary: 'Who changed what, newest first',
      scope: 'audit:read',
      query: auditQuerySchema,
      reply: { status: '200', schema: auditListSchema, description: 'A page of the audit log.' },
      refusals: ['400'],
    }),
  },
};
