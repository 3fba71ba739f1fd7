// Whether a rule moves a deal now, and why or why not, in words. Pure: asked again with the same facts it says the same.
import type { CountPolicy } from '../human-verdict/policy.ts';
import { checkGuards, type GuardResult, type RuleContact, type RuleDeal } from './guards.ts';
import { countClicks, type ExcludedClick, type RuleClick } from './rule-click.ts';
import type { Rule } from './rule.ts';

/** A move this rule made or proposed before. */
export interface PriorMove {
  dealId: string;
  arming: number;
  /** Somebody took the move back: the deal is exempt from the rule from then on. */
  undone: boolean;
}

/** A rule fires once per deal and arming. Armed again, it counts from anew. */
export interface Arming {
  number: number;
  since: number | null;
}

export interface RuleQuestion {
  rule: Rule;
  version: number;
  clicks: readonly RuleClick[];
  deal: RuleDeal;
  contact: RuleContact | null;
  now: number;
  priorMoves: readonly PriorMove[];
  arming?: Arming | undefined;
  policy?: CountPolicy | undefined;
  labelOf?: ((id: string) => string) | undefined;
}

export type RuleDecision = 'move' | 'not_yet' | 'blocked' | 'already_fired' | 'exempt';

export interface RuleOutcome {
  decision: RuleDecision;
  version: number;
  /** The clicks that counted, oldest first. */
  counted: string[];
  excluded: ExcludedClick[];
  /** How many more are needed; 0 when there are enough. */
  missing: number;
  guards: GuardResult[];
  /** For people: what will happen, or what stands in the way. */
  words: string;
}

const firstArming: Arming = { number: 1, since: null };

export function evaluateRule(question: RuleQuestion): RuleOutcome {
  const { rule, version, clicks, deal, contact, now, priorMoves, policy } = question;
  const arming = question.arming ?? firstArming;
  const labelOf = question.labelOf ?? ((id) => id);
  const contactId = contact?.id ?? null;
  const { counted, excluded } = countClicks({ rule, clicks, contactId, now, policy, since: arming.since });
  const missing = Math.max(0, rule.trigger.threshold - counted.length);
  const guards = checkGuards({ rule, deal, contact, labelOf });

  const mine = priorMoves.filter(({ dealId }) => dealId === deal.id);
  const decision = decide({
    exempt: mine.some(({ undone }) => undone),
    fired: mine.some((move) => move.arming === arming.number),
    guarded: guards.every(({ ok }) => ok),
    missing,
  });
  const words = wordsFor(decision, { rule, guards, missing, counted: counted.length, contact, labelOf });
  return { decision, version, counted, excluded, missing, guards, words };
}

interface Facts {
  exempt: boolean;
  fired: boolean;
  guarded: boolean;
  missing: number;
}

/** A deal that is not in the right stage will not move however many clicks come: that is said first. */
function decide({ exempt, fired, guarded, missing }: Facts): RuleDecision {
  if (exempt) return 'exempt';
  if (fired) return 'already_fired';
  if (!guarded) return 'blocked';
  return missing > 0 ? 'not_yet' : 'move';
}

interface Said {
  rule: Rule;
  guards: readonly GuardResult[];
  missing: number;
  counted: number;
  contact: RuleContact | null;
  labelOf: (id: string) => string;
}

function wordsFor(decision: RuleDecision, { rule, guards, missing, counted, contact, labelOf }: Said): string {
  const stage = labelOf(rule.action.toStage);
  const who = contact ? ` by ${contact.name}` : '';
  switch (decision) {
    case 'move':
      return `${clicksOf(counted)}${who} ${counted === 1 ? 'moves' : 'move'} this deal to ${stage}.`;
    case 'not_yet':
      return `${missing} more ${missing === 1 ? 'click' : 'clicks'}${who} ${missing === 1 ? 'moves' : 'move'} this deal to ${stage}.`;
    case 'already_fired':
      return `The rule already moved this deal to ${stage}. It does so once, until it is armed again.`;
    case 'exempt':
      return 'Somebody undid the move of this rule: the deal is exempt from it.';
    default:
      return guards
        .filter(({ ok }) => !ok)
        .map(({ words }) => words)
        .join(' ');
  }
}

function clicksOf(count: number): string {
  return `${count} ${count === 1 ? 'click' : 'clicks'}`;
}
