// Dates and amounts as people read them. Everything is shown in UTC, so a page means the same to every reader.

const dateTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});
const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const date = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

/** Times beyond what a Date can hold are shown as they came. */
const inRange = (time: number): boolean => Math.abs(time) <= 8.64e15;

export function formatDateTime(time: number): string {
  return inRange(time) ? `${dateTime.format(time)} UTC` : String(time);
}

export function formatDate(time: number): string {
  return inRange(time) ? date.format(time) : String(time);
}

export function formatMonth(time: number): string {
  return inRange(time) ? month.format(time) : String(time);
}

export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** "Jane Doe" is "JD", "jane@example.com" is "J". */
export function initials(name: string): string {
  const words = name.split('@')[0]?.split(/[\s._-]+/) ?? [];
  const letters = words.flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return letters.slice(0, 2).join('').toUpperCase() || '?';
}
