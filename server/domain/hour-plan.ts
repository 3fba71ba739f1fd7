// Which hours of the overview have to be counted again, and how rows of a count become hours. Pure.
import type { DeliveryState } from './delivery.ts';

export const hourMs = 3600_000;

export interface KnownHour {
  hour: number;
  waiting: number;
  countedAt: number;
}

const minuteMs = 60_000;
const dayMs = 24 * hourMs;

/** How old a count may be. What has just arrived moves, what waits may move, and the rest only by a replay. */
export function freshForMs({ hour, waiting }: Pick<KnownHour, 'hour' | 'waiting'>, now: number): number {
  const ageMs = now - (hour + hourMs);
  if (ageMs < 10 * minuteMs) return 5_000;
  if (ageMs < hourMs) return 20_000;
  if (waiting > 0) return ageMs < dayMs ? minuteMs : 10 * minuteMs;
  return ageMs < 7 * dayMs ? 30 * minuteMs : dayMs;
}

/** Spans of hours that follow each other and are due, the newest first. Hours never counted come before those that are stale. */
export function dueSpans(known: ReadonlyMap<number, KnownHour>, { from, now }: { from: number; now: number }) {
  const missing: number[] = [];
  const stale: number[] = [];
  for (let hour = now - (now % hourMs); hour >= from; hour -= hourMs) {
    const count = known.get(hour);
    if (!count) missing.push(hour);
    else if (now - count.countedAt >= freshForMs(count, now)) stale.push(hour);
  }
  return [...spansOf(missing), ...spansOf(stale)].sort((a, b) => Number(isCurrent(b, now)) - Number(isCurrent(a, now)));
}

/** The present hour is what people look at. */
function isCurrent({ to }: { to: number }, now: number): boolean {
  return to > now;
}

function spansOf(hours: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last && last.from === hour + hourMs) last.from = hour;
    else spans.push({ from: hour, to: hour + hourMs });
  }
  return spans;
}

interface CountedRow {
  hour: number;
  kind: 'click' | 'conversion';
  state: DeliveryState;
  verdict?: 'human' | 'machine' | 'unsure' | undefined;
  audience: number;
  deliveries: number;
}

export interface Counts {
  clicks: number;
  conversions: number;
  human: number;
  machine: number;
  unsure: number;
  delivered: number;
  waiting: number;
  failed: number;
  skipped: number;
}

export const noCounts: Counts = {
  clicks: 0,
  conversions: 0,
  human: 0,
  machine: 0,
  unsure: 0,
  delivered: 0,
  waiting: 0,
  failed: 0,
  skipped: 0,
};

/** An event that went to several portals is one event and as many deliveries. */
export function countRows(rows: readonly CountedRow[]): Counts {
  const counts = { ...noCounts };
  for (const { kind, state, verdict, audience, deliveries } of rows) {
    const events = deliveries / Math.max(1, audience);
    if (kind === 'click') counts.clicks += events;
    else counts.conversions += events;
    if (kind === 'click' && verdict) counts[verdict] += events;
    counts[columnOf(state)] += deliveries;
  }
  return counts;
}

function columnOf(state: DeliveryState): 'delivered' | 'waiting' | 'failed' | 'skipped' {
  if (state === 'delivered' || state === 'skipped') return state;
  return state === 'dead' ? 'failed' : 'waiting';
}

export function addCounts(a: Counts, b: Counts): Counts {
  const sum = { ...a };
  for (const name of Object.keys(sum) as (keyof Counts)[]) sum[name] += b[name];
  return sum;
}
