// The period a card looks at: whole days (UTC) up to now, and as many before them. Pure.

const dayMs = 24 * 3600_000;

export interface Period {
  days: number;
  from: number;
  to: number;
  beforeFrom: number;
}

/** `days` days with today as the last one. */
export function periodOf(now: number, days: number): Period {
  const today = Math.floor(now / dayMs) * dayMs;
  const from = today - (days - 1) * dayMs;
  return { days, from, to: now, beforeFrom: from - days * dayMs };
}

export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** Every day of the period and the one before, the newest first, from its first to its last moment up to now. */
export function daysIn({ beforeFrom, to }: Period): { day: string; from: number; to: number }[] {
  const days = Math.floor((to - beforeFrom) / dayMs) + 1;
  return Array.from({ length: days }, (_, ago) => {
    const from = beforeFrom + (days - 1 - ago) * dayMs;
    return { day: dayOf(from), from, to: Math.min(to, from + dayMs - 1) };
  });
}

/** Every day of the period, oldest first, with its clicks. */
export function trendOf({ from, days }: Period, byDay: ReadonlyMap<string, number>): { day: string; clicks: number }[] {
  return Array.from({ length: days }, (_, index) => {
    const day = dayOf(from + index * dayMs);
    return { day, clicks: byDay.get(day) ?? 0 };
  });
}

/** Clicks of the period, and of the one before. Days are whole, so the day of a click decides. */
export function nowAndBefore({ from }: Period, byDay: ReadonlyMap<string, number>): { now: number; before: number } {
  const firstDay = dayOf(from);
  let [now, before] = [0, 0];
  for (const [day, clicks] of byDay) {
    if (day >= firstDay) now += clicks;
    else before += clicks;
  }
  return { now, before };
}
