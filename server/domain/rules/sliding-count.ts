// How many clicks lie in the window that ends at each click of one contact. Two pointers, no counting again.
import type { RuleClick } from './rule-click.ts';

export interface CountAtClick {
  click: RuleClick;
  count: number;
}

export interface ClicksOfContact {
  /** Both oldest first. */
  own: readonly RuleClick[];
  /** Clicks of nobody known, where the rule counts them too. */
  anybodys: readonly RuleClick[];
  windowMs: number;
}

/** Clicks of the same moment see each other, as they do when the rule is asked at that moment. */
export function countsAtClicks({ own, anybodys, windowMs }: ClicksOfContact): CountAtClick[] {
  const ownUpTo = slider(own, windowMs);
  const anybodysUpTo = slider(anybodys, windowMs);
  return own.map((click) => ({ click, count: ownUpTo(click.at) + anybodysUpTo(click.at) }));
}

/** Must be asked with times that never go back. */
function slider(clicks: readonly RuleClick[], windowMs: number): (now: number) => number {
  let first = 0;
  let end = 0;
  return (now) => {
    while ((clicks[end]?.at ?? Number.POSITIVE_INFINITY) <= now) end += 1;
    while (first < end && (clicks[first]?.at ?? 0) <= now - windowMs) first += 1;
    return end - first;
  };
}
