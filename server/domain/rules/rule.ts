// A threshold rule as the rest of the program knows it: so many clicks on a tag or a link move a deal a stage forward.
// How it is written down is in written-rule.ts; when it fires in evaluate-rule.ts.

/** `act` moves the deal, `suggest` asks its owner to, `watch` only writes down what would have happened. */
export const ruleModes = ['act', 'suggest', 'watch'] as const;
export type RuleMode = (typeof ruleModes)[number];

interface RuleTrigger {
  by: 'link_tag' | 'link';
  /** The tag; or the id, slug or short URL of the link. */
  value: string;
  /** Clicks of this long before now count: a window that rolls. Whole minutes. */
  windowMs: number;
  /** The rule fires when the count reaches it. */
  threshold: number;
}

export interface RuleAction {
  type: 'advance_deal_stage';
  pipeline: string;
  fromStage: string;
  toStage: string;
}

interface RuleGuard {
  requireAssociatedContact: boolean;
  dealAmountMin: number | null;
}

export interface Rule {
  name: string | null;
  mode: RuleMode;
  enabled: boolean;
  trigger: RuleTrigger;
  action: RuleAction;
  guard: RuleGuard;
}

/** One mistake in a rule. Line and column count from 1; null when the rule is checked without its text. */
export interface RuleProblem {
  line: number | null;
  column: number | null;
  /** `action.to_stage`; empty for the rule as a whole. */
  path: string;
  message: string;
}
