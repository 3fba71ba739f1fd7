// The judge of benchmarks and chaos runs: it must see every way in which a click can be missing or there too often.
import { describe, expect, it } from 'vitest';
import { judgeTimelines, type SeenEvent, type SentClick } from '../../bench/verify/timelines.ts';

const click = (more: Partial<SentClick> = {}): SentClick => ({
  clickId: 'one',
  contactId: '501',
  openDeals: ['701'],
  accepted: true,
  ...more,
});
const event = (objectTypeId: '0-1' | '0-3', objectId: string, clickId: unknown = 'one'): SeenEvent => ({
  objectTypeId,
  objectId,
  timestamp: 1,
  extraData: { clickId },
});
const onContact = event('0-1', '501');
const onDeal = event('0-3', '701');

describe('the judge of timelines', () => {
  it('finds nothing when every click is once on its contact and once on each open deal', () => {
    expect(judgeTimelines([click()], [onContact, onDeal])).toEqual({ lost: [], doubled: [] });
  });

  it.each([
    ['everywhere', [], ['contact 501', 'deal 701']],
    ['on the contact', [onDeal], ['contact 501']],
    ['on the deal', [onContact], ['deal 701']],
  ])('calls an accepted click lost that is missing %s', (_where, events, missing) => {
    expect(judgeTimelines([click()], events)).toEqual({ lost: [{ clickId: 'one', missing }], doubled: [] });
  });

  it('does not miss a click that was never accepted', () => {
    expect(judgeTimelines([click({ accepted: false })], [])).toEqual({ lost: [], doubled: [] });
  });

  it('calls a click doubled that stands twice on one record, accepted or not', () => {
    const doubled = [{ clickId: 'one', record: 'deal 701', times: 2 }];
    for (const accepted of [true, false]) {
      expect(judgeTimelines([click({ accepted })], [onContact, onDeal, onDeal])).toEqual({ lost: [], doubled });
    }
  });

  it.each([
    ['on the record of somebody else', event('0-1', '502'), { clickId: 'one', record: 'contact 502', times: 1 }],
    ['on a deal that is not open', event('0-3', '702'), { clickId: 'one', record: 'deal 702', times: 1 }],
    ['of a click that nobody sent', event('0-1', '501', 'two'), { clickId: 'two', record: 'contact 501', times: 1 }],
    ['without a click id', event('0-1', '501', null), { clickId: '(none)', record: 'contact 501', times: 1 }],
  ])('reports an event %s', (_what, extra, finding) => {
    expect(judgeTimelines([click()], [onContact, onDeal, extra])).toEqual({ lost: [], doubled: [finding] });
  });
});
