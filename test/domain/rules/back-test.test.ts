import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { backTest, type BackTest, type PastDeal } from '../../../server/domain/rules/back-test.ts';
import { evaluateRule } from '../../../server/domain/rules/evaluate-rule.ts';
import { inTimeOrder, type RuleClick } from '../../../server/domain/rules/rule-click.ts';
import { stageAt } from '../../../server/domain/rules/stage-history.ts';
import { startProcessorClock } from '../../helpers/processor-clock.ts';
import { dayMs, documentedRule, jane, now, sampleClick, withThreshold } from './samples.ts';

const openDeal: PastDeal = {
  id: '9001',
  amount: 12_000,
  contactIds: ['101'],
  stages: [{ pipeline: 'default', stage: 'appointmentscheduled', since: now - 100 * dayMs }],
};

const daily = (count: number, changes: Partial<RuleClick> = {}) =>
  Array.from({ length: count }, (_, day) =>
    sampleClick({ ...changes, clickId: `${changes.contactId ?? '101'}-${day}`, at: now - (count - day) * dayMs }),
  );

const run = (changes: Partial<BackTest> = {}) =>
  backTest({
    rule: documentedRule,
    thresholds: [3, 5, 50],
    clicks: daily(10),
    deals: [openDeal],
    contacts: [jane],
    ...changes,
  });

test('several thresholds at once say when each would have moved the deal', () => {
  expect(
    run().map(({ threshold, moves }) => [threshold, moves.map(({ at, clickId }) => [(at - now) / dayMs, clickId])]),
  ).toEqual([
    [3, [[-8, '101-2']]],
    [5, [[-6, '101-4']]],
    [50, []],
  ]);
});

test('clicks that have left the window no longer help', () => {
  const sparse = daily(10).map((click, index) => ({ ...click, at: now - (10 - index) * 11 * dayMs }));
  const early = { ...openDeal, stages: [{ pipeline: 'default', stage: 'appointmentscheduled', since: 0 }] };
  expect(run({ clicks: sparse, deals: [early], thresholds: [3, 4] }).map(({ moves }) => moves.length)).toEqual([1, 0]);
});

test('a click exactly one window ago has left it', () => {
  const clicks = [now - 30 * dayMs, now - dayMs, now].map((at, index) => sampleClick({ clickId: `c${index}`, at }));
  expect(run({ clicks, thresholds: [2, 3] }).map(({ moves }) => moves.map(({ at }) => at))).toEqual([
    [now - dayMs],
    [],
  ]);
});

test('a deal moves only while it was in the stage of the rule, and the real move is told beside it', () => {
  const stages = [
    { pipeline: 'default', stage: 'appointmentscheduled', since: now - 7 * dayMs },
    { pipeline: 'default', stage: 'qualifiedtobuy', since: now - 5.5 * dayMs },
  ];
  const [three, seven] = run({ deals: [{ ...openDeal, stages }], thresholds: [3, 7] });
  expect(three?.moves).toMatchObject([{ at: now - 7 * dayMs, count: 4, reachedAt: now - 5.5 * dayMs }]);
  expect(seven?.moves).toEqual([]);
});

test('of two contacts of one deal the first to reach the threshold moves it, once', () => {
  const john = { id: '102', name: 'John Roe' };
  const clicks = [...daily(10), ...daily(20, { contactId: '102' })];
  const [result] = run({
    clicks,
    contacts: [jane, john],
    deals: [{ ...openDeal, contactIds: ['101', '102'] }],
    thresholds: [3],
  });
  expect(result?.moves).toMatchObject([{ contactId: '102', at: now - 18 * dayMs }]);
});

test('machines and small deals move nothing, and a draft that is off is still tested', () => {
  expect(run({ clicks: daily(10, { verdict: 'machine' }) })[0]?.moves).toEqual([]);
  expect(run({ deals: [{ ...openDeal, amount: 10 }] })[0]?.moves).toEqual([]);
  expect(run({ rule: { ...documentedRule, enabled: false } })[0]?.moves).toHaveLength(1);
});

test('100,000 clicks of one contact and ten thresholds are replayed within two seconds of processor time', () => {
  const clicks = Array.from({ length: 100_000 }, (_, index) =>
    sampleClick({ clickId: `c${index}`, at: now - index * 20_000 }),
  );
  const processorMs = startProcessorClock();
  const results = run({ clicks, thresholds: [1, 10, 50, 100, 500, 1_000, 5_000, 10_000, 50_000, 90_000] });
  expect(processorMs()).toBeLessThan(2_000);
  expect(results.map(({ moves }) => moves.length)).toEqual(Array.from({ length: 10 }, () => 1));
});

/** The same question the slow way: the rule is asked again at every click of every contact. */
function naive({ rule, thresholds, clicks, deals, contacts }: BackTest) {
  return [...new Set(thresholds)]
    .sort((a, b) => a - b)
    .map((threshold) => {
      const moves = new Map<
        string,
        { dealId: string; contactId: string; clickId: string; at: number; count: number }
      >();
      for (const click of inTimeOrder(clicks)) {
        const contact = contacts.find(({ id }) => id === click.contactId);
        if (!contact || click.verdict === 'machine') continue;
        for (const { stages, ...rest } of deals.filter(
          ({ id, contactIds }) => !moves.has(id) && contactIds.includes(contact.id),
        )) {
          const stay = stageAt(stages, click.at);
          if (!stay) continue;
          const { decision, counted } = evaluateRule({
            rule: withThreshold(threshold, rule),
            version: 1,
            clicks,
            deal: { ...rest, ...stay },
            contact,
            now: click.at,
            priorMoves: [],
          });
          if (decision === 'move')
            moves.set(rest.id, {
              dealId: rest.id,
              contactId: contact.id,
              clickId: click.clickId,
              at: click.at,
              count: counted.length,
            });
        }
      }
      return { threshold, moves: [...moves.values()].sort((a, b) => a.at - b.at || (a.dealId < b.dealId ? -1 : 1)) };
    });
}

const people = ['101', '102', '103'];
const clicksOfPeople = fc
  .array(
    fc.record({
      // Few different times, so that many clicks share one.
      at: fc.nat({ max: 25 }).map((days) => now - days * dayMs),
      contactId: fc.constantFrom(...people, null),
      verdict: fc.constantFrom('human' as const, 'human' as const, 'unsure' as const, 'machine' as const),
    }),
    { maxLength: 40 },
  )
  .map((list) => list.map((click, index) => sampleClick({ ...click, clickId: `c${index}` })));

const pastDeal = (id: string): fc.Arbitrary<PastDeal> =>
  fc.record({
    id: fc.constant(id),
    amount: fc.constantFrom(null, 4_000, 6_000, 6_000),
    contactIds: fc.subarray(people),
    stages: fc
      .array(
        fc.record({
          pipeline: fc.constantFrom('default', 'default', 'renewals'),
          stage: fc.constantFrom('appointmentscheduled', 'appointmentscheduled', 'qualifiedtobuy'),
          since: fc.integer({ min: 10, max: 40 }).map((days) => now - days * dayMs),
        }),
        { maxLength: 4 },
      )
      .map((stays) => stays.toSorted((a, b) => a.since - b.since)),
  });

test('the fast replay says what asking the rule at every click says', () => {
  const history = fc.record({
    clicks: clicksOfPeople,
    deals: fc.tuple(pastDeal('1'), pastDeal('2'), pastDeal('3')),
    thresholds: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 }),
    windowDays: fc.integer({ min: 1, max: 10 }),
    requireAssociatedContact: fc.boolean(),
    dealAmountMin: fc.constantFrom(null, null, 5_000),
  });
  fc.assert(
    fc.property(history, ({ clicks, deals, thresholds, windowDays, requireAssociatedContact, dealAmountMin }) => {
      const rule = {
        ...documentedRule,
        trigger: { ...documentedRule.trigger, windowMs: windowDays * dayMs },
        guard: { requireAssociatedContact, dealAmountMin },
      };
      const question = { rule, thresholds, clicks, deals, contacts: people.map((id) => ({ id, name: id })) };
      const fast = backTest(question).map(({ threshold, moves }) => ({
        threshold,
        moves: moves.map(({ dealId, contactId, clickId, at, count }) => ({ dealId, contactId, clickId, at, count })),
      }));
      expect(fast).toEqual(naive(question));
    }),
    { numRuns: 500 },
  );
});
