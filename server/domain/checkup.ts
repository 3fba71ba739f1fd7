// What the doctor finds: one check each with its state, what was seen, and what to do about it. Pure.

export const checkIds = [
  'installed',
  'reachable',
  'clock',
  'token',
  'scopes',
  'budget',
  'provisioning',
  'contacts',
  'deals',
  'deal_moves',
  'properties',
  'field_mapping',
  'event_types',
  'webhooks',
  'queue',
  'dead',
] as const;
export type CheckId = (typeof checkIds)[number];

/** `unknown`: it could not be asked, or nothing tells yet. Never taken for good or bad. */
export type CheckState = 'ok' | 'failed' | 'unknown';

export interface Check {
  id: CheckId;
  state: CheckState;
  words: string;
  /** What to do; null when there is nothing to do. */
  remedy: string | null;
}

export function ok(id: CheckId, words: string): Check {
  return { id, state: 'ok', words, remedy: null };
}

export function failed(id: CheckId, words: string, remedy: string): Check {
  return { id, state: 'failed', words, remedy };
}

export function unknown(id: CheckId, words: string, remedy: string | null = null): Check {
  return { id, state: 'unknown', words, remedy };
}

/** The first failure of several findings about one thing, or else that something is not known, or else all of it in one. */
export function worstOf(id: CheckId, findings: readonly Check[]): Check {
  const bad = findings.filter(({ state }) => state === 'failed');
  const open = findings.filter(({ state }) => state === 'unknown');
  const [telling, ...rest] = bad.length > 0 ? bad : open.length > 0 ? open : findings;
  if (!telling) return ok(id, 'Nothing to check.');
  return { ...telling, id, words: [telling, ...rest].map(({ words }) => words).join(' ') };
}

export function isHealthy(checks: readonly Check[]): boolean {
  return checks.every(({ state }) => state !== 'failed');
}
