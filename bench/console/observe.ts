// What a page writes down about itself while it loads and is used, by the browser's own observers.
import type { Page } from 'playwright-core';

/** Runs in the page before its scripts. */
export const observe = `
  window.measured = { lcp: 0, cls: 0, tasks: [], events: [] };
  const on = (type, take, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  on('largest-contentful-paint', ({ startTime }) => { window.measured.lcp = startTime; });
  on('layout-shift', ({ value, hadRecentInput }) => { if (!hadRecentInput) window.measured.cls += value; });
  on('longtask', ({ duration }) => window.measured.tasks.push(duration));
  on('event', ({ duration, interactionId }) => { if (interactionId) window.measured.events.push(duration); }, { durationThreshold: 16 });
`;

export interface Load {
  lcpMs: number;
  /** The sum of all shifts, which is never less than the worst window that Chromium reports. */
  cls: number;
  longestTaskMs: number;
  /** What tasks take beyond 50 ms, together. */
  blockingMs: number;
}

interface Notes {
  lcp: number;
  cls: number;
  tasks: number[];
  events: number[];
}

const notesOf = (page: Page) => page.evaluate<Notes>('window.measured');

export async function loadOf(page: Page): Promise<Load> {
  const { lcp, cls, tasks } = await notesOf(page);
  return {
    lcpMs: lcp,
    cls,
    longestTaskMs: Math.max(0, ...tasks),
    blockingMs: tasks.reduce((sum, duration) => sum + Math.max(0, duration - 50), 0),
  };
}

/** The browser reports nothing below this: a quicker interaction counts as this long. */
const leastReportedMs = 16;

/** The slowest interaction since the last time somebody asked, from the press to the next paint. */
export async function slowestInteraction(page: Page): Promise<number> {
  const { events } = await notesOf(page);
  await page.evaluate('window.measured.events = []');
  return Math.max(leastReportedMs, ...events);
}
