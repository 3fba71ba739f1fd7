// The clicks a rule looks at, and which of them count: each once, by its own time, of the right person, and made by a person.
import { isCounted, type CountPolicy } from '../human-verdict/policy.ts';
import type { VerdictWord } from '../human-verdict/verdict.ts';
import type { Rule } from './rule.ts';

export interface RuleClick {
  clickId: string;
  /** When it happened, not when we heard of it. */
  at: number;
  verdict: VerdictWord;
  contactId: string | null;
  link: { id: string; slug: string; shortUrl: string; tags: readonly string[] };
}

export type ExclusionReason =
  'machine' | 'unsure' | 'outside_window' | 'after_now' | 'before_rearming' | 'other_contact' | 'no_contact';

export interface ExcludedClick {
  clickId: string;
  reason: ExclusionReason;
}

export interface ClickCount {
  counted: string[];
  /** Clicks on the tag or link that did not count. Clicks on other links are not mentioned. */
  excluded: ExcludedClick[];
}

export interface ClicksToCount {
  rule: Rule;
  clicks: readonly RuleClick[];
  contactId: string | null;
  now: number;
  policy?: CountPolicy | undefined;
  /** Only clicks after this count: when the rule was armed again for the deal. */
  since?: number | null | undefined;
}

/** In the order of time. */
export function countClicks({ rule, clicks, contactId, now, policy, since = null }: ClicksToCount): ClickCount {
  const counted: string[] = [];
  const excluded: ExcludedClick[] = [];
  for (const click of inTimeOrder(matchingClicks(rule, clicks))) {
    const reason =
      personExclusion(click, { rule, contactId }) ??
      verdictExclusion(click, policy) ??
      timeExclusion(click, { now, since, windowMs: rule.trigger.windowMs });
    if (reason === null) counted.push(click.clickId);
    else excluded.push({ clickId: click.clickId, reason });
  }
  return { counted, excluded };
}

/** Each click once, however often it came; of two reports the earlier time stands. */
export function matchingClicks(rule: Rule, clicks: readonly RuleClick[]): RuleClick[] {
  const matches = matcherOf(rule);
  const once = new Map<string, RuleClick>();
  for (const click of clicks) {
    if (!matches(click)) continue;
    const known = once.get(click.clickId);
    if (!known || click.at < known.at) once.set(click.clickId, click);
  }
  return [...once.values()];
}

export function inTimeOrder(clicks: readonly RuleClick[]): RuleClick[] {
  return clicks.toSorted((a, b) => a.at - b.at || (a.clickId < b.clickId ? -1 : 1));
}

/** Whether a rule looks at clicks on a link. Tags without regard to case; a link by id, slug or short URL. */
export function matcherOf({ trigger }: Rule): (click: Pick<RuleClick, 'link'>) => boolean {
  const value = trigger.value.trim();
  const folded = value.toLowerCase();
  if (trigger.by === 'link_tag') return ({ link }) => link.tags.some((tag) => tag.trim().toLowerCase() === folded);
  const url = value.replace(/^https?:\/\//i, '').replace(/\/$/, '');
  return ({ link }) => link.id === value || link.slug === value || link.shortUrl === url;
}

/** Nobody's clicks count for everybody only where the rule does not ask for an associated contact. */
function personExclusion(
  click: RuleClick,
  { rule, contactId }: { rule: Rule; contactId: string | null },
): ExclusionReason | null {
  if (click.contactId === null) return rule.guard.requireAssociatedContact ? 'no_contact' : null;
  return click.contactId === contactId ? null : 'other_contact';
}

export function verdictExclusion(click: RuleClick, policy?: CountPolicy): ExclusionReason | null {
  if (click.verdict === 'human' || isCounted(click, policy)) return null;
  return click.verdict;
}

/** The window is open at its far end: a click exactly `windowMs` ago has left it. */
function timeExclusion(
  click: RuleClick,
  { now, since, windowMs }: { now: number; since: number | null; windowMs: number },
): ExclusionReason | null {
  if (click.at > now) return 'after_now';
  if (since !== null && click.at <= since) return 'before_rearming';
  return click.at <= now - windowMs ? 'outside_window' : null;
}
