// The state of a connection as one badge: the worst of what is known of it and of its HubSpot account. Pure.
import type { Tone } from '../../components/Badge.tsx';
import type { Connection } from '../../api/contract.ts';

const badges: Record<Connection['health']['state'], { label: string; tone: Tone }> = {
  connected: { label: 'Connected', tone: 'good' },
  refreshing: { label: 'Connected', tone: 'good' },
  paused: { label: 'Paused', tone: 'warn' },
  insufficient_permissions: { label: 'Rights missing', tone: 'bad' },
  needs_sign_in: { label: 'Sign in again', tone: 'bad' },
  uninstalled: { label: 'Uninstalled', tone: 'bad' },
};

export function healthBadge(
  state: Connection['state'],
  health: Connection['health']['state'],
): { label: string; tone: Tone } {
  if (state === 'disconnected') return { label: 'Disconnected', tone: 'neutral' };
  if (state === 'paused' && (health === 'connected' || health === 'refreshing')) return badges.paused;
  return badges[health];
}
