// A delivery is an event on its way to one connection: the event, the job and the line in the delivery log in one document.
// Its states, the moves between them and its deterministic ids stand here; nothing here does I/O.
import { digestOf } from '../lib/ids.ts';
import { factsOf, type TrackedEvent } from './event.ts';
import type { StoredVerdict } from './human-verdict/stored.ts';
import { whoOf } from './identity.ts';
import type { ReasonCode } from './reasons.ts';

export const deliveryStates = [
  'queued',
  'held',
  'waiting_contact',
  'blocked_auth',
  'retrying',
  'delivered',
  'skipped',
  'dead',
] as const;
export type DeliveryState = (typeof deliveryStates)[number];

/** The states in which something may still happen by itself. */
export const openStates = ['queued', 'held', 'waiting_contact', 'blocked_auth', 'retrying'] as const;

/**
 * Where a delivery may go from each state. What is open may go anywhere, also to where it is: it was looked at and waits on.
 * Delivered is final; what was skipped or died can be replayed.
 */
export const allowedMoves: Record<DeliveryState, readonly DeliveryState[]> = {
  queued: deliveryStates,
  held: deliveryStates,
  waiting_contact: deliveryStates,
  blocked_auth: deliveryStates,
  retrying: deliveryStates,
  delivered: [],
  skipped: ['queued'],
  dead: ['queued'],
};

/** The states from which a delivery may go to `to`: the guard of every write that changes a state. */
export function statesBefore(to: DeliveryState): DeliveryState[] {
  return deliveryStates.filter((from) => allowedMoves[from].includes(to));
}

/**
 * One timeline event of a delivery. The group it was last sent in is written down before the call, so that after a lost
 * reply exactly the same group can be sent again (docs/decisions/0006-effect-once.md).
 */
export interface Send {
  /** `contact`, or `deal:` and the deal's id. */
  target: string;
  group: string | null;
  groupSize: number;
  done: boolean;
}

export interface DeliveryFacts {
  _id: string;
  eventId: string;
  workspaceId: string;
  connectionId: string | null;
  portalId: number | null;
  /** How many portals the workspace was connected to when the event came: a bare contact id is only clear with one. */
  audience: number;
  digest: string;
  occurredAt: Date;
  receivedAt: Date;
  state: DeliveryState;
  reason: ReasonCode | null;
  /** HubSpot's or our own words to the reason; no personal data. */
  detail: string | null;
  attempts: number;
  /** When it is to be looked at next; null when nothing happens by itself. */
  dueAt: Date | null;
  /** `gclid:…`, `fbclid:…`, `eid:…`: what a form submission or a new contact can wake it by. */
  matchKeys: string[];
  contactId: string | null;
  dealIds: string[];
  /** What we took the click for; null while nobody asked, and for conversions. */
  verdict: StoredVerdict | null;
  /** Who the click is said to be by: finds the clicks around it. */
  who: string | null;
  /** True from the moment it counts in `elido_recent_link_clicks`. */
  counted: boolean;
  sends: Send[];
  deliveredAt: Date | null;
}

export type Delivery = DeliveryFacts & TrackedEvent;

export function deliveryId(eventId: string, connectionId: string): string {
  return `${eventId}@${connectionId}`;
}

/** The id under which HubSpot knows one timeline event of a delivery; the same however often it is sent. */
export function timelineEventId(deliveryIdentity: string, target: string): string {
  return digestOf(deliveryIdentity, target).slice(0, 40);
}

export interface NewDelivery {
  event: TrackedEvent;
  /** How long clicks wait for their neighbours before they are judged. */
  holdMs: number;
  connection: { _id: string; portalId: number } | null;
  audience: number;
}

/** What is stored when an event arrives: one per connection, or one that says the workspace had none. */
export function makeDelivery({ event, connection, audience, holdMs }: NewDelivery): Delivery {
  const { eventId, workspaceId, digest, at, receivedAt } = factsOf(event);
  const { state, reason, dueAt } = firstState(event, { connected: connection !== null, holdMs });
  // One literal with every field: a million clicks pass here, and objects put together from others are slow to make and to read.
  const facts: DeliveryFacts = {
    _id: deliveryId(eventId, connection?._id ?? workspaceId),
    eventId,
    workspaceId,
    connectionId: connection?._id ?? null,
    portalId: connection?.portalId ?? null,
    audience,
    digest,
    occurredAt: new Date(at),
    receivedAt: new Date(receivedAt),
    state,
    reason,
    detail: null,
    attempts: 0,
    dueAt,
    matchKeys: [],
    contactId: null,
    dealIds: [],
    verdict: null,
    who: event.kind === 'click' ? whoOf(event.click) : null,
    counted: false,
    sends: [],
    deliveredAt: null,
  };
  return Object.assign(facts, event);
}

/** A timeline entry cannot be taken back, so a click waits a moment until its neighbours tell whether a person made it. */
function firstState(
  event: TrackedEvent,
  { connected, holdMs }: { connected: boolean; holdMs: number },
): Pick<Delivery, 'state' | 'reason' | 'dueAt'> {
  if (!connected) return { state: 'skipped', reason: 'not_connected', dueAt: null };
  const { receivedAt } = factsOf(event);
  if (event.kind === 'conversion' || holdMs === 0)
    return { state: 'queued', reason: null, dueAt: new Date(receivedAt) };
  return { state: 'held', reason: 'human_check', dueAt: new Date(receivedAt + holdMs) };
}
