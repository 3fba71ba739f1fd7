// What an API key may be allowed to do, in words; the most usual first.
import type { ApiScope } from '../../api/contract.ts';

export const scopeTexts: readonly { scope: ApiScope; words: string }[] = [
  { scope: 'clicks:write', words: 'send clicks' },
  { scope: 'conversions:write', words: 'send conversions' },
  { scope: 'submissions:write', words: 'send form submissions' },
  { scope: 'contacts:write', words: 'name contacts' },
  { scope: 'links:read', words: 'read links' },
  { scope: 'links:write', words: 'make and change links' },
  { scope: 'deliveries:read', words: 'read the delivery log' },
  { scope: 'deliveries:write', words: 'replay deliveries' },
  { scope: 'connections:read', words: 'read connections and mappings' },
  { scope: 'connections:write', words: 'change connections and mappings' },
  { scope: 'rules:read', words: 'read rules' },
  { scope: 'rules:write', words: 'change rules' },
  { scope: 'workspace:read', words: 'read settings and overview' },
  { scope: 'workspace:write', words: 'change settings' },
  { scope: 'members:read', words: 'read members' },
  { scope: 'members:write', words: 'invite and change members' },
  { scope: 'keys:read', words: 'list API keys' },
  { scope: 'keys:write', words: 'make and revoke API keys' },
  { scope: 'audit:read', words: 'read the audit log' },
];
