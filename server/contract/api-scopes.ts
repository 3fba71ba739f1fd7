// What an API key may do. A key carries the scopes it was made with; nothing widens them later.
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
] as const;

export type ApiScope = (typeof apiScopes)[number];

export const apiScopesSchema = z.array(z.enum(apiScopes)).min(1);
