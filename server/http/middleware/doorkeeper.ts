// What stands in front of every route of the API: the key, its scope, and how often it was used.
import type { RequestHandler } from 'express';
import type { ApiScope } from '../../contract/api-scopes.ts';
import type { Context } from '../../flows/context.ts';
import { requireKey, requireScope } from './authenticate.ts';
import { limitRate } from './rate-limit.ts';

export type Doorkeeper = (scope: ApiScope) => RequestHandler[];

/** What stands in front of every route of the API: the key, its scope, and how often it was used on all of them together. */
export function makeDoorkeeper(context: Context): Doorkeeper {
  const perMinute = context.config.apiRateLimit;
  const refused = limitRate({ perMinute, countBy: 'address', onlyRefused: true });
  const used = limitRate({ perMinute, countBy: 'key' });
  const key = requireKey(context);
  return (scope) => [refused, key, requireScope(scope), used];
}
