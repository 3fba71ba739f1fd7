// What must be true of a deal before a rule may move it, each with words for the card. It counts no clicks.
import type { Rule } from './rule.ts';

export interface RuleDeal {
  id: string;
  pipeline: string;
  stage: string;
  /** Null when the deal has none. */
  amount: number | null;
  /** The contacts associated with it. */
  contactIds: readonly string[];
}

export interface RuleContact {
  id: string;
  name: string;
}

type GuardName = 'enabled' | 'pipeline' | 'stage' | 'associated_contact' | 'deal_amount_min';

export interface GuardResult {
  name: GuardName;
  ok: boolean;
  words: string;
}

export interface Guarded {
  rule: Rule;
  deal: RuleDeal;
  contact: RuleContact | null;
  /** What people call a stage or pipeline. */
  labelOf: (id: string) => string;
}

/** Without the words: nothing that rules look at beside clicks stands in the way. */
export function passesGuards(question: Omit<Guarded, 'labelOf'>): boolean {
  return checkGuards({ ...question, labelOf: (id) => id }).every(({ ok }) => ok);
}

/** The amount is compared as it stands, in the deal's own currency. */
export function checkGuards({ rule, deal, contact, labelOf }: Guarded): GuardResult[] {
  const { action, guard } = rule;
  const results = [
    result('enabled', { ok: rule.enabled, yes: 'The rule is on.', no: 'The rule is off.' }),
    result('pipeline', {
      ok: deal.pipeline === action.pipeline,
      yes: 'The deal is in the pipeline of the rule.',
      no: `The deal is in the pipeline ${labelOf(deal.pipeline)}, the rule is for ${labelOf(action.pipeline)}.`,
    }),
    // The only stage a deal leaves is from_stage: whatever a person did meanwhile, nothing is moved back or skipped.
    result('stage', {
      ok: deal.stage === action.fromStage,
      yes: `The deal is in ${labelOf(action.fromStage)}.`,
      no: `The deal is in ${labelOf(deal.stage)}, the rule moves deals from ${labelOf(action.fromStage)} only.`,
    }),
  ];
  if (guard.requireAssociatedContact)
    results.push(
      result('associated_contact', {
        ok: contact !== null && deal.contactIds.includes(contact.id),
        yes: `${contact?.name ?? ''} is associated with the deal.`,
        no: contact ? `${contact.name} is not associated with the deal.` : 'Nobody knows who clicked.',
      }),
    );
  if (guard.dealAmountMin !== null)
    results.push(
      result('deal_amount_min', {
        ok: deal.amount !== null && deal.amount >= guard.dealAmountMin,
        yes: `The amount is at least ${guard.dealAmountMin}.`,
        no:
          deal.amount === null
            ? `The deal has no amount, the rule asks for ${guard.dealAmountMin}.`
            : `The amount is ${deal.amount}, the rule asks for ${guard.dealAmountMin}.`,
      }),
    );
  return results;
}

function result(name: GuardName, { ok, yes, no }: { ok: boolean; yes: string; no: string }): GuardResult {
  return { name, ok, words: ok ? yes : no };
}
