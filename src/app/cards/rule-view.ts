// How far a rule is from moving a deal, in words: "3 more clicks by Jane Doe move this deal to Qualified". Pure.
import type { CardRuleProgress } from './shared/card-api.ts';
import { personName, ruleSubject, stageName } from './shared/names.ts';
import type { Words } from './shared/words.ts';

export interface RuleView {
  id: string;
  title: string;
  progress: string;
  have: number;
  need: number;
  /** Why it does not, or what it does instead. */
  notes: string[];
  tone: 'success' | 'warning';
}

export function ruleView(rule: CardRuleProgress, words: Words): RuleView {
  const blocked = rule.blocked_by.map(({ guard }) => words.say(`guard_${guard}`));
  return {
    id: rule.id,
    title: titleOf(rule, words),
    progress: words.say('ruleProgress', {
      have: rule.have,
      need: rule.need,
      what: ruleSubject(rule, words),
      days: rule.window_days,
    }),
    have: Math.min(rule.have, rule.need),
    need: rule.need,
    notes: [...blocked, ...modeNote(rule, words)],
    tone: rule.decision === 'not_yet' || rule.decision === 'move' ? 'success' : 'warning',
  };
}

function titleOf(rule: CardRuleProgress, words: Words): string {
  const names = {
    person: rule.contact ? personName(rule.contact, words) : words.say('ruleAnybody'),
    stage: stageName(rule.target),
  };
  switch (rule.decision) {
    case 'already_fired':
      return words.say('ruleFired');
    case 'exempt':
      return words.say('ruleExempt');
    case 'blocked':
      return words.say('ruleBlocked');
    case 'move':
      return words.say('ruleNext', names);
    case 'not_yet':
      break;
  }
  return words.count('ruleNeeds', rule.missing, names);
}

function modeNote({ mode }: CardRuleProgress, words: Words): string[] {
  if (mode === 'suggest') return [words.say('ruleSuggests')];
  return mode === 'watch' ? [words.say('ruleWatches')] : [];
}
