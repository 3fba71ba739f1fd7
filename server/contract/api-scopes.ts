// What a caller may do. An API key carries the scopes it was made with; a signed-in person has those of their role.
import { z } from 'zod';

export const apiScopes = [
  'clicks:write',
  'conversions:write',
  'submissions:write',
  'contacts:write',
  'links:read',
  'links:write',
  'connections:read',
  'connections:write',
  'rules:read',
  'rules:write',
  'deliveries:read',
  'deliveries:write',
  'workspace:read',
  'workspace:write',
  'members:read',
  'members:write',
  'owners:write',
  'keys:read',
  'keys:write',
  'audit:read',
] as const;

export type ApiScope = (typeof apiScopes)[number];

export const apiScopesSchema = z.array(z.enum(apiScopes)).min(1);

export const roles = ['owner', 'admin', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Owners do everything, admins everything but to owners, viewers read everything but keys. */
export const roleScopes: Record<Role, readonly ApiScope[]> = {
  owner: apiScopes,
  admin: apiScopes.filter((scope) => scope !== 'owners:write'),
  viewer: apiScopes.filter((scope) => scope.endsWith(':read') && scope !== 'keys:read'),
};
