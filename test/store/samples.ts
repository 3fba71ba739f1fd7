// Documents for the tests of the store; each test changes only what it is about.
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';
import type { Settlement } from '../../server/store/deliveries.ts';
import type { Link } from '../../server/store/links.ts';
import type { Install } from '../../server/store/portals.ts';
import { sampleClick } from '../domain/samples.ts';

export const portalId = 62_515;
export const now = Date.UTC(2026, 4, 4, 12);
export const later = now + 60_000;

export function delivery(id: string, changes: Partial<Delivery> = {}): Delivery {
  const click = sampleClick({ clickId: id, workspaceId: 'ws_1', at: now, receivedAt: now });
  const connection = { _id: 'con_1', portalId };
  return {
    ...makeDelivery({ event: { kind: 'click', click }, connection, audience: 1, holdMs: 0 }),
    ...changes,
  } as Delivery;
}

/** Written to HubSpot for this contact and these deals, and counted. */
export function countedDelivery(id: string, contactId: string, dealIds: string[], at = now): Delivery {
  return delivery(id, { contactId, dealIds, counted: true, occurredAt: new Date(at) });
}

export function settlement(id: string, changes: Partial<Settlement> = {}): Settlement {
  return {
    id: `${id}@con_1`,
    state: 'delivered',
    reason: null,
    detail: null,
    attempts: 1,
    dueAt: null,
    ...changes,
  };
}

export function install(changes: Partial<Install> = {}): Install {
  return {
    portalId,
    hubDomain: 'journey.example.com',
    accessToken: 'sealed-access',
    refreshToken: 'sealed-refresh',
    expiresAt: now + 1_800_000,
    scopes: ['oauth'],
    userId: 7,
    now,
    ...changes,
  };
}

export function link(id: string, changes: Partial<Link> = {}): Link {
  return {
    _id: id,
    workspaceId: 'ws_1',
    slug: `slug-${id}`,
    title: 'A link',
    destination: 'https://www.example.com/',
    tags: [],
    utm: {},
    createdAt: new Date(now),
    updatedAt: new Date(now),
    archivedAt: null,
    ...changes,
  };
}
