// How far a rule is from moving a deal: by which contact, and what stands in the way, as codes with their numbers. Pure.
import type { DealFacts } from '../deals.ts';
import { evaluateRule, type Arming, type PriorMove, type RuleDecision } from '../rules/evaluate-rule.ts';
import type { RuleClick } from '../rules/rule-click.ts';
import type { Rule } from '../rules/rule.ts';

export interface ProgressQuestion {
  rule: Rule;
  version: number;
  arming: Arming;
  /** Null: we have not met the deal. */
  deal: DealFacts | null;
  /** The contacts whose clicks were written to the deal. */
  contacts: readonly { id: string; name: string | null; clicks: readonly RuleClick[] }[];
  priorMoves: readonly PriorMove[];
  now: number;
  labelOf: (id: string) => string;
}

type BlockedBy = { guard: string; params: Record<string, string | number | null> };

export interface RuleProgress {
  contactId: string | null;
  have: number;
  missing: number;
  decision: RuleDecision;
  blockedBy: BlockedBy[];
  words: string;
}

/** The contact who is nearest; where nobody clicked yet, nobody. */
export function ruleProgress(question: ProgressQuestion): RuleProgress {
  const { contacts } = question;
  const candidates = contacts.length > 0 ? contacts : [null];
  const judged = candidates.map((contact) => progressOf(question, contact));
  return judged.reduce((best, one) => (one.missing < best.missing ? one : best));
}

function progressOf(
  { rule, version, arming, deal, priorMoves, now, labelOf }: ProgressQuestion,
  contact: ProgressQuestion['contacts'][number] | null,
): RuleProgress {
  const facts = deal ?? { id: '', pipeline: '', stage: '', amount: null };
  const outcome = evaluateRule({
    rule,
    version,
    arming,
    clicks: contact?.clicks ?? [],
    deal: { ...facts, contactIds: contact ? [contact.id] : [] },
    contact: contact && { id: contact.id, name: contact.name ?? `Contact ${contact.id}` },
    now,
    priorMoves,
    labelOf,
  });
  const { decision, missing, counted, guards, words } = outcome;
  const refused = guards.filter(({ ok }) => !ok);
  return {
    contactId: contact?.id ?? null,
    have: counted.length,
    missing,
    decision,
    blockedBy: deal
      ? refused.map(({ name }) => ({ guard: name, params: paramsOf(name, { rule, deal, labelOf }) }))
      : [{ guard: 'deal_unknown', params: {} }],
    words: deal ? words : 'Elido has not met this deal yet: it does with the next click of one of its contacts.',
  };
}

interface Said {
  rule: Rule;
  deal: DealFacts;
  labelOf: (id: string) => string;
}

function paramsOf(guard: string, { rule, deal, labelOf }: Said): BlockedBy['params'] {
  switch (guard) {
    case 'pipeline':
      return { is: labelOf(deal.pipeline), wants: labelOf(rule.action.pipeline) };
    case 'stage':
      return { is: labelOf(deal.stage), wants: labelOf(rule.action.fromStage) };
    case 'deal_amount_min':
      return { is: deal.amount, wants: rule.guard.dealAmountMin };
    default:
      return {};
  }
}
