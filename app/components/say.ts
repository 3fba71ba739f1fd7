// Numbers and moments in words. Pure, apart from the language of the browser.
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const dateOnly = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });
const dateWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

/** "just now", "3 minutes ago", "12 Nov". What is over is never promised, even if the clock of the server is ahead of this one. */
export function sayWhen(at: number, now: number): string {
  return say(Math.min(at, now), now);
}

/** "in 2 hours": for what is still to come. */
export function sayUntil(at: number, now: number): string {
  return say(at, now);
}

function say(at: number, now: number): string {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 45_000) return 'just now';
  if (size < hour) return relative.format(Math.round(distance / minute), 'minute');
  if (size < day) return relative.format(Math.round(distance / hour), 'hour');
  if (size < 7 * day) return relative.format(Math.round(distance / day), 'day');
  return (size < 300 * day ? dateOnly : dateWithYear).format(at);
}

export function sayExactly(at: string): string {
  return exact.format(new Date(at));
}

const moment = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z(?!\w)/g;

/** Times within a sentence of the server, as people here write them. */
export function sayMoments(words: string): string {
  return words.replaceAll(moment, sayExactly);
}

/** "25 Nov" for the day of a chart. */
export function sayDay(isoDate: string): string {
  return dateOnly.format(new Date(`${isoDate}T12:00:00`));
}

export function sayCount(count: number): string {
  return count < 100_000 ? whole.format(count) : short.format(count);
}

/** "87 %"; a dash when there is nothing to have a share of. */
export function sayShare(share: number | null): string {
  return share === null ? '–' : `${Math.round(share * 100)} %`;
}

/** "1 link", "2 links". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${sayCount(count)} ${count === 1 ? one : many}`;
}
