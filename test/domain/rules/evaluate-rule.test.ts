import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateRule, type RuleQuestion } from '../../../server/domain/rules/evaluate-rule.ts';
import type { RuleDeal } from '../../../server/domain/rules/guards.ts';
import type { RuleClick } from '../../../server/domain/rules/rule-click.ts';
import { dayMs, documentedRule, jane, now, sampleClick, sampleClicks, sampleDeal, withThreshold } from './samples.ts';

const labels: Record<string, string> = {
  appointmentscheduled: 'Appointment scheduled',
  qualifiedtobuy: 'Qualified to buy',
};

function ask(changes: Partial<RuleQuestion> = {}) {
  return evaluateRule({
    rule: withThreshold(3),
    version: 7,
    clicks: sampleClicks(3),
    deal: sampleDeal,
    contact: jane,
    now,
    priorMoves: [],
    labelOf: (id) => labels[id] ?? id,
    ...changes,
  });
}

test('the documented rule moves the deal at the fiftieth click of the contact, not before', () => {
  const at = (count: number) => ask({ rule: documentedRule, clicks: sampleClicks(count) });
  expect(at(49)).toMatchObject({
    decision: 'not_yet',
    missing: 1,
    words: '1 more click by Jane Doe moves this deal to Qualified to buy.',
  });
  expect(at(50)).toMatchObject({
    decision: 'move',
    missing: 0,
    words: '50 clicks by Jane Doe move this deal to Qualified to buy.',
  });
  expect(at(51).decision).toBe('move');
});

test('an outcome carries the version, the clicks counted and every guard in words', () => {
  expect(ask()).toEqual({
    decision: 'move',
    version: 7,
    counted: ['c002', 'c001', 'c000'],
    excluded: [],
    missing: 0,
    guards: [
      { name: 'enabled', ok: true, words: 'The rule is on.' },
      { name: 'pipeline', ok: true, words: 'The deal is in the pipeline of the rule.' },
      { name: 'stage', ok: true, words: 'The deal is in Appointment scheduled.' },
      { name: 'associated_contact', ok: true, words: 'Jane Doe is associated with the deal.' },
      { name: 'deal_amount_min', ok: true, words: 'The amount is at least 5000.' },
    ],
    words: '3 clicks by Jane Doe move this deal to Qualified to buy.',
  });
});

test('what is still missing is said in words', () => {
  expect(ask({ clicks: [] })).toMatchObject({
    decision: 'not_yet',
    missing: 3,
    words: '3 more clicks by Jane Doe move this deal to Qualified to buy.',
  });
});

test.each<[string, Partial<RuleClick>, string]>([
  ['a machine', { verdict: 'machine' }, 'machine'],
  ['another contact', { contactId: '102' }, 'other_contact'],
  ['nobody known', { contactId: null }, 'no_contact'],
  ['a click that left the window this moment', { at: now - 30 * dayMs }, 'outside_window'],
  ['a click ahead of the clock', { at: now + 1 }, 'after_now'],
])('%s is excluded, and the outcome says so', (_, changes, reason) => {
  const odd = sampleClick({ clickId: 'odd', ...changes });
  expect(ask({ clicks: [...sampleClicks(2), odd] })).toMatchObject({
    decision: 'not_yet',
    missing: 1,
    excluded: [{ clickId: 'odd', reason }],
  });
});

test('a click one millisecond inside the window counts, and one at this moment too', () => {
  const clicks = [now - 30 * dayMs + 1, now, now - 1].map((at, index) => sampleClick({ clickId: `c${index}`, at }));
  expect(ask({ clicks }).decision).toBe('move');
});

test('unsure clicks count, unless the workspace says otherwise', () => {
  const clicks = sampleClicks(3, { verdict: 'unsure' });
  expect(ask({ clicks }).decision).toBe('move');
  const strict = ask({ clicks, policy: { countMachines: false, countUnsure: false } });
  expect(strict).toMatchObject({ decision: 'not_yet', missing: 3 });
  expect(strict.excluded.map(({ reason }) => reason)).toEqual(['unsure', 'unsure', 'unsure']);
});

test('a click that arrives twice counts once', () => {
  const clicks = sampleClicks(2);
  expect(ask({ clicks: [...clicks, ...clicks] })).toMatchObject({ counted: ['c001', 'c000'], missing: 1 });
});

test('a click that arrives late counts in its own window', () => {
  const late = sampleClick({ clickId: 'late', at: now - 29 * dayMs });
  expect(ask({ clicks: [...sampleClicks(2), late] }).counted[0]).toBe('late');
});

test('clicks on other links are left out without a word', () => {
  const other = sampleClick({ clickId: 'x', link: { id: 'l', slug: 's', shortUrl: 'h/s', tags: ['newsletter'] } });
  expect(ask({ clicks: [other] })).toMatchObject({ counted: [], excluded: [] });
});

test.each(['lnk_1', 'abc123', 's.elido.me/abc123', 'https://s.elido.me/abc123/'])(
  'a link can be named as %s',
  (value) => {
    const rule = {
      ...documentedRule,
      trigger: { ...documentedRule.trigger, by: 'link' as const, value, threshold: 3 },
    };
    expect(ask({ rule }).decision).toBe('move');
  },
);

test('tags are the same in any case', () => {
  const rule = { ...documentedRule, trigger: { ...documentedRule.trigger, value: 'Sales-Collateral', threshold: 3 } };
  expect(ask({ rule }).decision).toBe('move');
});

test.each<[string, Partial<RuleDeal>, string]>([
  [
    'a person moved it on',
    { stage: 'qualifiedtobuy' },
    'The deal is in Qualified to buy, the rule moves deals from Appointment scheduled only.',
  ],
  [
    'a person moved it elsewhere',
    { stage: 'closedlost' },
    'The deal is in closedlost, the rule moves deals from Appointment scheduled only.',
  ],
  ['another pipeline', { pipeline: 'renewals' }, 'The deal is in the pipeline renewals, the rule is for default.'],
  ['too small', { amount: 4999.99 }, 'The amount is 4999.99, the rule asks for 5000.'],
  ['no amount', { amount: null }, 'The deal has no amount, the rule asks for 5000.'],
  ['not associated', { contactIds: [] }, 'Jane Doe is not associated with the deal.'],
])('a deal is blocked: %s', (_, changes, words) => {
  expect(ask({ deal: { ...sampleDeal, ...changes } })).toMatchObject({ decision: 'blocked', missing: 0, words });
});

test('a rule that is off moves nothing', () => {
  expect(ask({ rule: { ...withThreshold(3), enabled: false } })).toMatchObject({
    decision: 'blocked',
    words: 'The rule is off.',
  });
});

test('an amount of exactly the minimum is enough', () => {
  expect(ask({ deal: { ...sampleDeal, amount: 5000 } }).decision).toBe('move');
});

test('without the contact guard, clicks of nobody known count beside those of the contact', () => {
  const rule = { ...withThreshold(3), guard: { requireAssociatedContact: false, dealAmountMin: null } };
  const forwarded = sampleClicks(2, { contactId: null });
  const own = sampleClick({ clickId: 'own' });
  expect(ask({ rule, clicks: [...forwarded, own], deal: { ...sampleDeal, contactIds: [] } }).decision).toBe('move');
});

test('a rule fires once per deal and arming, and counts anew after it was armed again', () => {
  const moved = { dealId: '9001', arming: 1, undone: false };
  expect(ask({ priorMoves: [moved] }).decision).toBe('already_fired');
  expect(ask({ priorMoves: [{ ...moved, dealId: '9002' }] }).decision).toBe('move');
  const armedAgain = ask({ priorMoves: [moved], arming: { number: 2, since: now - 2 * 3_600_000 } });
  expect(armedAgain).toMatchObject({ decision: 'not_yet', counted: ['c000'], missing: 2 });
  expect(armedAgain.excluded.map(({ reason }) => reason)).toEqual(['before_rearming', 'before_rearming']);
});

test('a deal whose move was undone is exempt, also after the rule is armed again', () => {
  const priorMoves = [{ dealId: '9001', arming: 1, undone: true }];
  expect(ask({ priorMoves }).decision).toBe('exempt');
  expect(ask({ priorMoves, arming: { number: 2, since: null } }).decision).toBe('exempt');
});

test('clicks in another order, or sent again, change nothing', () => {
  const click = fc.record({
    clickId: fc.nat({ max: 12 }).map((number) => `c${number}`),
    verdict: fc.constantFrom('human' as const, 'machine' as const, 'unsure' as const),
    contactId: fc.constantFrom('101', '102', null),
  });
  const facts = fc.uniqueArray(click, { selector: ({ clickId }) => clickId, maxLength: 12 }).chain((list) => {
    const clicks = list.map((one) => sampleClick({ ...one, at: now - Number(one.clickId.slice(1)) * 3 * dayMs }));
    return fc.tuple(
      fc.constant(clicks),
      fc.shuffledSubarray(clicks, { minLength: clicks.length }),
      fc.subarray(clicks),
    );
  });
  fc.assert(
    fc.property(facts, ([clicks, shuffled, again]) => {
      expect(ask({ clicks: [...shuffled, ...again] })).toEqual(ask({ clicks }));
    }),
  );
});
