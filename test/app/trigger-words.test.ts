// What starts a rule, as its list says it.
import { expect, it } from 'vitest';
import { triggerWords } from '../../app/pages/rules/trigger-words.ts';

const rule = (trigger: string) => `trigger:
  ${trigger}
action:
  type: advance_deal_stage
  pipeline: default
  from_stage: a
  to_stage: b
`;

it.each([
  ['{ link_tag: pricing, contact_window: 30d, click_threshold: 5 }', '5 clicks on links tagged pricing within 30 days'],
  ['{ link: q2-pricing, contact_window: 1h, click_threshold: 1 }', '1 click on q2-pricing within 1 hour'],
  [
    '{ link_tag: pricing, contact_window: 90m, click_threshold: 2 }',
    '2 clicks on links tagged pricing within 90 minutes',
  ],
  ['{ link_tag: pricing, contact_window: soon, click_threshold: 2 }', '2 clicks on links tagged pricing within soon'],
])('%s is said as "%s"', (trigger, words) => {
  expect(triggerWords(rule(trigger))).toBe(words);
});
