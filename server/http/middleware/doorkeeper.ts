// What stands in front of every route of the API: who is calling, their scope, how often they ask, and the audit log behind changes.
import type { RequestHandler } from 'express';
import type { ApiScope } from '../../contract/api-scopes.ts';
import type { AuditAction } from '../../domain/audit-actions.ts';
import type { Context } from '../../flows/context.ts';
import { audited, type AuditRule } from './audited.ts';
import { requireCaller, requirePerson, requireScope } from './authenticate.ts';
import { limitRate } from './rate-limit.ts';

/** `person`: whoever is signed in, about their own things. A route that changes something names its action. */
export type Doorkeeper = (scope: ApiScope | 'person', change?: AuditAction | AuditRule) => RequestHandler[];

/** Made once: a caller's requests are counted on all routes together. */
export function makeDoorkeeper(context: Context): Doorkeeper {
  const perMinute = context.config.apiRateLimit;
  const refused = limitRate({ perMinute, countBy: 'address', onlyRefused: true });
  const used = limitRate({ perMinute, countBy: 'caller' });
  const caller = requireCaller(context);
  return (scope, change) => {
    const allowed = scope === 'person' ? requirePerson : requireScope(scope);
    const rule = typeof change === 'string' ? { action: change } : change;
    return [refused, caller, allowed, used, ...(rule ? [audited(context, rule)] : [])];
  };
}
