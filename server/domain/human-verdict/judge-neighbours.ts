// What the clicks around a click say about it: all links of a mail at once, a hidden link, a storm of HEAD requests.
// The order in which neighbours are given must not matter.
import type { ClickEvidence } from './evidence.ts';
import type { JudgeSettings } from './options.ts';
import type { Finding } from './verdict.ts';

export interface Surroundings {
  click: ClickEvidence;
  /** Other clicks of the workspace; those too far in time are ignored. */
  neighbours: readonly ClickEvidence[];
  settings: JudgeSettings;
}

/** Two different links in less than this are one hand too few. */
const atOnceMs = 1_000;
const headsOfStorm = 2;

export function judgeHoneypot({ click, neighbours, settings }: Surroundings): Finding | null {
  if (click.honeypot) return null;
  const trapped = neighbours.some(
    (other) =>
      other.honeypot &&
      isNear(click, other, settings.honeypotMs) &&
      samePerson(click, other) &&
      sameSource(click, other),
  );
  if (!trapped) return null;
  return { code: 'honeypot_source', words: 'The same source also opened a hidden link that people cannot see.' };
}

/** Networks that post a link ask for it several times with HEAD, and once with GET under a browser's name. */
export function judgeHeadStorm({ click, neighbours, settings }: Surroundings): Finding | null {
  if (click.method === 'HEAD') return null;
  const heads = neighbours.filter(
    (other) =>
      other.method === 'HEAD' &&
      other.linkId === click.linkId &&
      other.who === click.who &&
      isNear(click, other, settings.burstMs) &&
      sameSource(click, other),
  ).length;
  if (heads < headsOfStorm) return null;
  return { code: 'head_storm', words: `The same source asked for this link ${heads} times with HEAD within seconds.` };
}

export function judgeBurst({ click, neighbours, settings }: Surroundings): Finding | null {
  if (click.who === null) return null;
  const theirs = neighbours.filter((other) => samePerson(click, other) && isNear(click, other, settings.burstMs));
  if (theirs.every(({ linkId }) => linkId === click.linkId)) return null;

  const fromHere = theirs.filter((other) => sameSource(click, other));
  const seconds = settings.burstMs / 1_000;
  const together = mostLinks(click, fromHere, settings.burstMs);
  if (together >= settings.burstLinks)
    return { code: 'burst', words: `${together} different links of one person were opened within ${seconds} seconds.` };
  if (mostLinks(click, theirs, settings.burstMs) >= settings.burstLinks) {
    const words = `Several links of one person were opened within ${seconds} seconds, from different places.`;
    return { code: 'burst_mixed_sources', words };
  }
  if (mostLinks(click, fromHere, atOnceMs) < 2) return null;
  return { code: 'two_at_once', words: 'Two different links of one person were opened within one second.' };
}

/** The most different links in any stretch of `spanMs` that holds the click. */
function mostLinks(click: ClickEvidence, others: readonly ClickEvidence[], spanMs: number): number {
  const near = others.filter((other) => isNear(click, other, spanMs)).concat(click);
  near.sort((a, b) => a.at - b.at);
  const inside = new Map<string, number>();
  let most = 1;
  let first = 0;
  for (const { at, linkId } of near) {
    inside.set(linkId, (inside.get(linkId) ?? 0) + 1);
    for (let oldest = near[first]; oldest && oldest.at < at - spanMs; oldest = near[++first]) {
      const left = (inside.get(oldest.linkId) ?? 1) - 1;
      if (left === 0) inside.delete(oldest.linkId);
      else inside.set(oldest.linkId, left);
    }
    // A stretch that ends before the click does not hold it; `isNear` sees to the other end.
    if (at >= click.at) most = Math.max(most, inside.size);
  }
  return most;
}

export function isNear(click: ClickEvidence, other: ClickEvidence, ms: number): boolean {
  return Math.abs(other.at - click.at) <= ms;
}

export function samePerson(click: ClickEvidence, other: ClickEvidence): boolean {
  return click.who !== null && click.who === other.who;
}

/** By network where both are known, else by user agent; clicks of which neither is known share nothing. */
function sameSource(click: ClickEvidence, other: ClickEvidence): boolean {
  if (click.network !== null && other.network !== null) return click.network === other.network;
  return click.userAgent !== null && click.userAgent === other.userAgent;
}
