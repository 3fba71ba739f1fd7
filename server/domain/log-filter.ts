// What of the delivery log somebody wants to see, and whether a delivery is part of it. Pure; the store has the same in its own words.
import type { Delivery, DeliveryState } from './delivery.ts';
import type { VerdictWord } from './human-verdict/verdict.ts';
import type { ReasonCode } from './reasons.ts';

export interface LogFilter {
  eventId?: string | undefined;
  contactId?: string | undefined;
  connectionId?: string | undefined;
  /** Clicks on this link; conversions are found by the event id of their click. */
  linkSlug?: string | undefined;
  /** Any of these. */
  states?: readonly DeliveryState[] | undefined;
  reason?: ReasonCode | undefined;
  kind?: Delivery['kind'] | undefined;
  verdict?: VerdictWord | undefined;
  /** `from` is part of the span, `to` is not. */
  received?: TimeSpan | undefined;
  occurred?: TimeSpan | undefined;
}

export interface TimeSpan {
  from?: number | undefined;
  to?: number | undefined;
}

export function isInLog(delivery: Delivery, filter: LogFilter): boolean {
  const { eventId, contactId, connectionId, linkSlug, states, reason, kind, verdict, received, occurred } = filter;
  return (
    isEither(delivery.eventId, eventId) &&
    isEither(delivery.contactId, contactId) &&
    isEither(delivery.connectionId, connectionId) &&
    isEither(delivery.kind === 'click' ? delivery.click.link.slug : null, linkSlug) &&
    (states === undefined || states.includes(delivery.state)) &&
    isEither(delivery.reason, reason) &&
    isEither(delivery.kind, kind) &&
    isEither(delivery.verdict?.verdict, verdict) &&
    isWithin(delivery.receivedAt, received) &&
    isWithin(delivery.occurredAt, occurred)
  );
}

function isEither<T>(value: T, wanted: T | undefined): boolean {
  return wanted === undefined || value === wanted;
}

function isWithin(moment: Date, { from, to }: TimeSpan = {}): boolean {
  const at = moment.getTime();
  return (from === undefined || at >= from) && (to === undefined || at < to);
}

/** A place in the log, which runs from the newest arrival to the oldest. */
export interface LogPosition {
  /** Milliseconds since 1970. */
  at: number;
  /** Of a delivery; empty stands behind everything of its millisecond. */
  id: string;
}

export function positionOf({ receivedAt, _id }: Pick<Delivery, 'receivedAt' | '_id'>): LogPosition {
  return { at: receivedAt.getTime(), id: _id };
}
