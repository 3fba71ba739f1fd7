// What the fast lane and the route behind it share: how clicks are read, and how often an address may come.
import type { Context } from '../../flows/context.ts';
import { makeSources, type Sources } from './click-of.ts';
import { makeVisitLimit, type VisitLimit } from './visit-limit.ts';

export interface Visits {
  sources: Sources;
  limit: VisitLimit;
}

export function makeVisits(context: Context): Visits {
  const perMinute = context.config.redirectRateLimit;
  return { sources: makeSources(context), limit: makeVisitLimit({ perMinute, now: () => performance.now() }) };
}
