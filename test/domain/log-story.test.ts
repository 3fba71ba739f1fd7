// The story of a delivery, for every state and reason: it always has a beginning and an end, and shows nobody's data.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deliveryStates, makeDelivery, type Delivery, type DeliveryFacts } from '../../server/domain/delivery.ts';
import { answerOf, tellStory } from '../../server/domain/log-story.ts';
import { isReasonCode, type ReasonCode } from '../../server/domain/reasons.ts';
import { errorCodes } from '../../server/errors.ts';

const at = Date.parse('2026-03-01T00:00:00Z');

function conversion(facts: Partial<DeliveryFacts> = {}): Delivery {
  const made = makeDelivery({
    event: {
      kind: 'conversion',
      conversion: {
        conversionId: 'cnv_1',
        workspaceId: 'ws_1',
        digest: 'd',
        name: 'Demo booked',
        value: null,
        currency: '',
        utm: {},
        clickId: null,
        link: null,
        email: 'jane@example.com',
        hsContactId: null,
        at,
        receivedAt: at,
      },
    },
    holdMs: 0,
    connection: { _id: 'con_1', portalId: 7 },
    audience: 1,
  });
  return { ...made, ...facts };
}

const reasons = [
  null,
  'no_identity',
  'waiting_for_contact',
  'no_matching_contact',
  'conversions_only',
  'connection_paused',
  'disconnected',
  'property_refused',
  ...(Object.keys(errorCodes) as ReasonCode[]),
  'a_code_of_a_newer_version' as ReasonCode,
] as const;

const anyDelivery = fc
  .record({
    state: fc.constantFrom(...deliveryStates),
    reason: fc.constantFrom(...reasons),
    detail: fc.constantFrom(null, 'jane@example.com is not valid'),
    attempts: fc.nat(90),
    dueAt: fc.constantFrom(null, new Date(at + 60_000)),
    contactId: fc.constantFrom(null, '501'),
    matchKeys: fc.constantFrom<string[]>([], ['gclid:secret-click-id']),
    sends: fc.array(
      fc.record({
        target: fc.constantFrom('contact', 'deal:701'),
        group: fc.constantFrom(null, 'grp_1'),
        groupSize: fc.constant(1),
        done: fc.boolean(),
      }),
      { maxLength: 3 },
    ),
  })
  .map(conversion);

it('begins with the arrival, ends with what is next, and never shows an email or a click id', () => {
  fc.assert(
    fc.property(anyDelivery, (delivery) => {
      const steps = tellStory(delivery);
      expect(steps[0]?.code).toBe('arrived');
      expect(steps.at(-1)?.code).toBe('next');
      expect(new Set(steps.map(({ code }) => code)).size).toBe(steps.length);
      const text = JSON.stringify([answerOf(delivery), steps]);
      expect(text).not.toMatch(/jane@|secret-click-id|undefined|\[object/);
    }),
  );
});

it('says "on the timeline" only of what HubSpot has', () => {
  fc.assert(
    fc.property(anyDelivery, (delivery) => {
      const says = answerOf(delivery).startsWith('On the timeline');
      const has = delivery.sends.some(({ target, done }) => target === 'contact' && done);
      const planned = delivery.sends.some(({ target }) => target === 'contact');
      expect(says).toBe(delivery.state === 'delivered' || has || (planned && delivery.reason === 'property_refused'));
    }),
  );
});

it('promises a next attempt exactly when one is planned', () => {
  fc.assert(
    fc.property(anyDelivery, (delivery) => {
      expect(tellStory(delivery).at(-1)?.state === 'waiting').toBe(delivery.dueAt !== null);
    }),
  );
});

it('the failures of the documents stand there in their words', () => {
  const words = (state: Delivery['state'], reason: ReasonCode) => answerOf(conversion({ state, reason, dueAt: null }));
  expect(words('blocked_auth', 'hubspot_token_revoked')).toMatch(/Token revoked/);
  expect(words('skipped', 'no_matching_contact')).toMatch(/No matching contact/);
  expect(words('blocked_auth', 'hubspot_insufficient_permissions')).toMatch(
    /Insufficient permissions.*Reconnect as a super admin/,
  );
  expect(isReasonCode('no_matching_contact')).toBe(true);
});
