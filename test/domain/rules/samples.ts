// The documented rule, and facts around it, for tests to change one thing in.
import type { RuleDeal } from '../../../server/domain/rules/guards.ts';
import type { RuleClick } from '../../../server/domain/rules/rule-click.ts';
import type { Rule } from '../../../server/domain/rules/rule.ts';

/** documents/001, letter for letter. */
export const documentedYaml = `trigger:
  link_tag: "sales-collateral"   # all links tagged this way count
  contact_window: 30d            # rolling
  click_threshold: 50
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "appointmentscheduled"
  to_stage: "qualifiedtobuy"
  guard:
    require_associated_contact: true
    deal_amount_min: 5000        # only deals worth advancing
`;

export const dayMs = 86_400_000;
export const now = Date.UTC(2026, 3, 30, 12);

export const documentedRule: Rule = {
  name: null,
  mode: 'act',
  enabled: true,
  trigger: { by: 'link_tag', value: 'sales-collateral', windowMs: 30 * dayMs, threshold: 50 },
  action: {
    type: 'advance_deal_stage',
    pipeline: 'default',
    fromStage: 'appointmentscheduled',
    toStage: 'qualifiedtobuy',
  },
  guard: { requireAssociatedContact: true, dealAmountMin: 5000 },
};

export function withThreshold(threshold: number, rule: Rule = documentedRule): Rule {
  return { ...rule, trigger: { ...rule.trigger, threshold } };
}

export const jane = { id: '101', name: 'Jane Doe' };

export const sampleDeal: RuleDeal = {
  id: '9001',
  pipeline: 'default',
  stage: 'appointmentscheduled',
  amount: 12_000,
  contactIds: ['101'],
};

export function sampleClick(changes: Partial<RuleClick> & { clickId: string }): RuleClick {
  return {
    at: now - 60_000,
    verdict: 'human',
    contactId: '101',
    link: { id: 'lnk_1', slug: 'abc123', shortUrl: 's.elido.me/abc123', tags: ['sales-collateral'] },
    ...changes,
  };
}

export function sampleClicks(count: number, changes: Partial<RuleClick> = {}): RuleClick[] {
  return Array.from({ length: count }, (_, index) =>
    sampleClick({ at: now - (index + 1) * 3_600_000, ...changes, clickId: `c${String(index).padStart(3, '0')}` }),
  );
}
