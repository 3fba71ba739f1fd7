// What things of a connection are called for people. Pure.
import type { Connection } from '../../api/contract.ts';

export function nameOf({
  hub_domain: domain,
  portal_id: portalId,
}: Pick<Connection, 'hub_domain' | 'portal_id'>): string {
  return domain === '' ? `HubSpot account ${portalId}` : domain;
}

export const modes: readonly { value: Connection['mode']; label: string }[] = [
  { value: 'clicks_and_conversions', label: 'Clicks and conversions' },
  { value: 'conversions_only', label: 'Conversions only' },
];

export const dialects: readonly { value: Connection['dialect']; label: string }[] = [
  { value: 'app_events', label: 'App events (the default)' },
  { value: 'timeline_v3', label: 'Timeline templates (for apps that own them)' },
  { value: 'notes', label: 'Notes (open to every app)' },
];
