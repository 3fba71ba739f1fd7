// Twins: one person and one link, from two networks within seconds. One is the person, the other the scanner that opens
// what the person opens. Which is which is decided by one order over all clicks, so that of any group one is always left.
import type { ClickEvidence } from './evidence.ts';
import { looksMobile } from './judge-agent.ts';
import { isNear, samePerson, type Surroundings } from './judge-neighbours.ts';
import { isPrefetch, isPressed, judgeRequest } from './judge-request.ts';
import type { JudgeSettings } from './options.ts';
import type { Finding } from './verdict.ts';

export function judgeTwins({ click, neighbours, settings }: Surroundings): Finding | null {
  const twins = neighbours.filter((other) => isTwin(click, other) && isNear(click, other, settings.twinMs));
  if (twins.length === 0) return null;
  const likeness = likenessOf(click, settings);
  const rivals = twins.map((twin) => ({ twin, likeness: likenessOf(twin, settings) }));
  if (!rivals.some((rival) => isLess(click, likeness, rival))) return null;

  const alike = rivals.every((rival) => rival.likeness <= likeness);
  const why = alike
    ? 'Both look alike; scanners open a link first and then let the person through, so the earlier one is taken for the scanner.'
    : 'The other one looks more like a person.';
  const seconds = Math.round(settings.twinMs / 1_000);
  return {
    code: 'twin',
    words: `The same person opened the same link from another network within ${seconds} seconds. ${why}`,
  };
}

/** One phone on IPv4 and IPv6 at once shows two networks: the same agent in two address families is no twin. */
function isTwin(click: ClickEvidence, other: ClickEvidence): boolean {
  if (!samePerson(click, other) || click.linkId !== other.linkId) return false;
  if (click.network === null || other.network === null || click.network === other.network) return false;
  const twoFamilies = click.network.includes(':') !== other.network.includes(':');
  return !(twoFamilies && click.userAgent === other.userAgent);
}

function isLess(click: ClickEvidence, likeness: number, other: { twin: ClickEvidence; likeness: number }): boolean {
  if (likeness !== other.likeness) return likeness < other.likeness;
  if (click.at !== other.twin.at) return click.at < other.twin.at;
  return click.clickId < other.twin.clickId;
}

/** How much a click looks like a person's, from the click alone. Only for comparing twins. */
function likenessOf(click: ClickEvidence, { scannerNetworks }: JudgeSettings): number {
  const { headers, beacon, userAgent, network } = click;
  let likeness = beacon ? 16 : 0;
  if (network !== null && scannerNetworks?.find(network)) likeness -= 8;
  if (judgeRequest(click).length > 0) likeness -= 8;
  if (headers && isPrefetch(headers)) likeness -= 1;
  if (isPressed(click)) likeness += 4;
  if (headers?.acceptLanguage) likeness += 2;
  if (userAgent !== null && looksMobile(userAgent)) likeness += 1;
  return likeness;
}
