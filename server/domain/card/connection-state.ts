// How an account is connected, in the one word a card needs first. Pure.
import { healthOf, type Health, type HealthState, type PortalFacts } from '../portal-health.ts';

export const cardConnectionStates = [
  'connected',
  'paused',
  'needs_sign_in',
  'needs_permission',
  'not_connected',
] as const;
export type CardConnectionState = (typeof cardConnectionStates)[number];

const wordOf: Record<HealthState, CardConnectionState> = {
  connected: 'connected',
  refreshing: 'connected',
  paused: 'paused',
  insufficient_permissions: 'needs_permission',
  needs_sign_in: 'needs_sign_in',
  uninstalled: 'not_connected',
};

interface Facts {
  portal: PortalFacts | null;
  /** Those of the portal that are not disconnected. */
  connections: readonly { state: 'active' | 'paused' | 'disconnected' }[];
  now: number;
}

/** Of several connections one that works speaks for the account. `health` is null for an account nobody uses. */
export function connectionStateOf({ portal, connections, now }: Facts): {
  state: CardConnectionState;
  health: Health | null;
} {
  if (!portal) return { state: 'not_connected', health: null };
  const all = connections.map((connection) => healthOf({ portal, connection, now }));
  const health = all.find(({ state }) => state !== 'paused') ?? all[0] ?? null;
  return { state: health ? wordOf[health.state] : 'not_connected', health };
}
