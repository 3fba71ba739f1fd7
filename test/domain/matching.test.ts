// Which contact an event belongs to: every branch, strongest first, and that waiting has an end.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Delivery } from '../../server/domain/delivery.ts';
import { matchContact, type KnownSubmission, type Match, type MatchKnowledge } from '../../server/domain/matching.ts';
import { clickEvent, conversionEvent, day, noon, sampleDelivery } from './samples.ts';

const holdMs = 72 * 3600_000;
const closesAt = noon + holdMs;

function submission(changes: Partial<KnownSubmission> = {}): KnownSubmission {
  return { email: 'c501@example.com', hsContactId: null, keys: ['gclid:g'], submittedAt: new Date(noon), ...changes };
}

function match(delivery: Delivery, knowledge: Partial<MatchKnowledge> = {}): Match {
  return matchContact(delivery, { aliasedTo: undefined, submissions: [], holdMs, now: noon, ...knowledge });
}

interface Case {
  promise: string;
  delivery: Delivery;
  knowledge?: Partial<MatchKnowledge>;
  expected: Match;
}

const send = { target: 'contact', group: 'grp_1', groupSize: 1, done: false };

const clickCases: Case[] = [
  {
    promise: 'a HubSpot contact id is the contact',
    delivery: sampleDelivery(clickEvent({ eid: '501' })),
    expected: { kind: 'id', contactId: '501' },
  },
  {
    promise: 'an id of this portal is the contact, however many portals there are',
    delivery: sampleDelivery(clickEvent({ eid: '62515-501' }), { audience: 3 }),
    expected: { kind: 'id', contactId: '501' },
  },
  {
    promise: 'an id of another portal is not for us',
    delivery: sampleDelivery(clickEvent({ eid: '99-501' })),
    expected: { kind: 'skip', reason: 'eid_other_portal' },
  },
  {
    promise: 'a bare id is not guessed when the workspace has several portals',
    delivery: sampleDelivery(clickEvent({ eid: '501' }), { audience: 2 }),
    expected: { kind: 'skip', reason: 'eid_ambiguous' },
  },
  {
    promise: 'a linked Elido id is the contact it was linked to',
    delivery: sampleDelivery(clickEvent({ eid: 'jane' })),
    knowledge: { aliasedTo: '504' },
    expected: { kind: 'id', contactId: '504' },
  },
  {
    promise: 'an Elido id that nobody linked waits',
    delivery: sampleDelivery(clickEvent({ eid: 'jane' })),
    expected: { kind: 'wait', matchKeys: ['eid:jane'], until: closesAt },
  },
  {
    promise: 'a link is stronger than a submission',
    delivery: sampleDelivery(clickEvent({ eid: 'jane', gclid: 'g' })),
    knowledge: { aliasedTo: '504', submissions: [submission()] },
    expected: { kind: 'id', contactId: '504' },
  },
  {
    promise: 'a submission with the same click id names the email',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { submissions: [submission()] },
    expected: { kind: 'email', email: 'c501@example.com' },
  },
  {
    promise: 'a submission that names the contact is stronger than its email',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { submissions: [submission({ hsContactId: '501' })] },
    expected: { kind: 'id', contactId: '501' },
  },
  {
    promise: 'of two submissions the newest counts',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: {
      submissions: [submission({ email: 'new@example.com' }), submission({ submittedAt: new Date(noon - day) })],
    },
    expected: { kind: 'email', email: 'new@example.com' },
  },
  {
    promise: 'a submission of another click is not taken for ours',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { submissions: [submission({ keys: ['gclid:other', 'fbclid:g'] })] },
    expected: { kind: 'wait', matchKeys: ['gclid:g'], until: closesAt },
  },
  {
    promise: 'a submission exactly 14 days before the click still counts',
    delivery: sampleDelivery(clickEvent({ fbclid: 'f' })),
    knowledge: { submissions: [submission({ keys: ['fbclid:f'], submittedAt: new Date(noon - 14 * day) })] },
    expected: { kind: 'email', email: 'c501@example.com' },
  },
  {
    promise: 'a submission older than 14 days no longer tells who clicked',
    delivery: sampleDelivery(clickEvent({ fbclid: 'f' })),
    knowledge: { submissions: [submission({ keys: ['fbclid:f'], submittedAt: new Date(noon - 14 * day - 1) })] },
    expected: { kind: 'wait', matchKeys: ['fbclid:f'], until: closesAt },
  },
  {
    promise: 'a submission after the click counts',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { submissions: [submission({ submittedAt: new Date(noon + day) })], now: noon + day },
    expected: { kind: 'email', email: 'c501@example.com' },
  },
  {
    promise: 'nothing to go by is skipped at once',
    delivery: sampleDelivery(clickEvent()),
    expected: { kind: 'skip', reason: 'no_identity' },
  },
  {
    promise: 'a broken merge tag is said to be one',
    delivery: sampleDelivery(clickEvent({ eidInvalid: true })),
    expected: { kind: 'skip', reason: 'eid_invalid' },
  },
  {
    promise: 'a broken merge tag does not spoil a click id',
    delivery: sampleDelivery(clickEvent({ eidInvalid: true, gclid: 'g' })),
    expected: { kind: 'wait', matchKeys: ['gclid:g'], until: closesAt },
  },
  {
    promise: 'waiting goes on until the last moment',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { now: closesAt - 1 },
    expected: { kind: 'wait', matchKeys: ['gclid:g'], until: closesAt },
  },
  {
    promise: 'after 72 hours it is closed as "no matching contact"',
    delivery: sampleDelivery(clickEvent({ gclid: 'g' })),
    knowledge: { now: closesAt },
    expected: { kind: 'skip', reason: 'no_matching_contact' },
  },
  {
    promise: 'the 72 hours run from arrival, not from the click',
    delivery: sampleDelivery(clickEvent({ gclid: 'g', at: noon - 20 * day })),
    expected: { kind: 'wait', matchKeys: ['gclid:g'], until: closesAt },
  },
  {
    promise: 'what was planned once stays with its contact, whatever is known now',
    delivery: sampleDelivery(clickEvent({ eid: '501' }), { contactId: '777', sends: [send], audience: 2 }),
    knowledge: { now: closesAt + 1 },
    expected: { kind: 'id', contactId: '777' },
  },
];

const conversionCases: Case[] = [
  {
    promise: 'a contact id is the contact',
    delivery: sampleDelivery(conversionEvent({ hsContactId: '501', email: 'other@example.com' })),
    expected: { kind: 'id', contactId: '501' },
  },
  {
    promise: 'with several portals the email says more than a bare id',
    delivery: sampleDelivery(conversionEvent({ hsContactId: '501', email: 'c501@example.com' }), { audience: 2 }),
    expected: { kind: 'email', email: 'c501@example.com' },
  },
  {
    promise: 'with several portals a bare id alone is not guessed',
    delivery: sampleDelivery(conversionEvent({ hsContactId: '501', clickId: 'clk_1' }), { audience: 2 }),
    expected: { kind: 'skip', reason: 'eid_ambiguous' },
  },
  {
    promise: 'an email is looked up',
    delivery: sampleDelivery(conversionEvent({ email: 'c501@example.com', clickId: 'clk_1' })),
    knowledge: { clickedBy: '502' },
    expected: { kind: 'email', email: 'c501@example.com' },
  },
  {
    promise: 'without either, whoever made the click',
    delivery: sampleDelivery(conversionEvent({ clickId: 'clk_1' })),
    knowledge: { clickedBy: '502' },
    expected: { kind: 'id', contactId: '502' },
  },
  {
    promise: 'a click that is not matched yet is asked for again',
    delivery: sampleDelivery(conversionEvent({ clickId: 'clk_1' })),
    expected: { kind: 'ask_again', until: closesAt },
  },
  {
    promise: 'asking ends after 72 hours',
    delivery: sampleDelivery(conversionEvent({ clickId: 'clk_1' })),
    knowledge: { now: closesAt },
    expected: { kind: 'skip', reason: 'no_matching_contact' },
  },
  {
    promise: 'nothing to go by is skipped at once',
    delivery: sampleDelivery(conversionEvent()),
    expected: { kind: 'skip', reason: 'conversion_without_identity' },
  },
];

describe('a click', () => {
  it.each(clickCases)('$promise', ({ delivery, knowledge, expected }) => {
    expect(match(delivery, knowledge)).toEqual(expected);
  });

  it('never waits past its end, and never waits without a key to be woken by', () => {
    const anyId = fc.constantFrom(null, 'x', 'jane');
    fc.assert(
      fc.property(anyId, anyId, anyId, fc.integer({ min: 0, max: 2 * holdMs }), (eid, gclid, fbclid, later) => {
        const now = noon + later;
        const result = match(sampleDelivery(clickEvent({ eid, gclid, fbclid })), { now });
        const waits = result.kind === 'wait' && result.until > now && result.matchKeys.length > 0;
        expect(waits || result.kind === 'skip').toBe(true);
      }),
    );
  });
});

describe('a conversion', () => {
  it.each(conversionCases)('$promise', ({ delivery, knowledge, expected }) => {
    expect(match(delivery, knowledge)).toEqual(expected);
  });
});
