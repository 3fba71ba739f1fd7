// Counts of days that are over, as they are kept: which of them hold, which may be kept, and which have to be counted. Pure.
import { dayOf } from './period.ts';

/** Days of a month are named by two digits. */
export interface CountedMonth {
  connectionId: string;
  /** `2026-11` */
  month: string;
  /** Goes up with every touch; 0: nothing is known of the month. */
  seq: number;
  days: Record<string, number>;
  /** When clicks of the day last changed, if no count was kept since. */
  touched: Record<string, Date>;
}

export interface KeptCount {
  /** Null: never counted. */
  clicks: number | null;
  /** A change came after the count. */
  touchedAt: number | null;
}

/** Whoever says that a day changes has written the change within this, whatever the clocks of hosts say. */
export const settlingMs = 3_600_000;
const dayMs = 24 * 3_600_000;
/** Two periods of 90 days. */
const keptDays = 180;

/** Of these connections together: each must have a count. */
export function keptCount(months: readonly CountedMonth[], connectionIds: readonly string[], day: string): KeptCount {
  let clicks: number | null = 0;
  let touchedAt: number | null = null;
  for (const connectionId of connectionIds) {
    const month = months.find((one) => one.connectionId === connectionId && one.month === day.slice(0, 7));
    const counted = month?.days[day.slice(8)];
    const touched = month?.touched[day.slice(8)]?.getTime();
    clicks = clicks === null || counted === undefined ? null : clicks + counted;
    if (touched !== undefined) touchedAt = Math.max(touchedAt ?? 0, touched);
  }
  return { clicks, touchedAt };
}

/** The days of a connection that can be counted for good now and are not, the newest first. */
export function daysToCount(months: readonly CountedMonth[], connectionId: string, now: number): string[] {
  const today = Math.floor(now / dayMs) * dayMs;
  const days = Array.from({ length: keptDays }, (_, ago) => today - (ago + 1) * dayMs);
  return days.flatMap((from) => {
    const { clicks, touchedAt } = keptCount(months, [connectionId], dayOf(from));
    const isWanted = clicks === null || touchedAt !== null;
    return isWanted && isSettled({ end: from + dayMs, touchedAt, now }) ? [dayOf(from)] : [];
  });
}

function isSettled({ end, touchedAt, now }: { end: number; touchedAt: number | null; now: number }): boolean {
  return now - Math.max(end, touchedAt ?? 0) >= settlingMs;
}
