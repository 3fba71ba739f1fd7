// Inputs around the real schemas: fields by their right names, values right, nearly right or anything.
import * as fc from 'fast-check';

const anything = fc.oneof(
  { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  fc.constantFrom<unknown>(
    '',
    null,
    -1,
    0,
    1e308,
    -0,
    '\u0000',
    '\ud800',
    { $gt: '' },
    [],
    '__proto__',
    '9'.repeat(400),
  ),
  fc.integer({ min: 0, max: 5_000 }).map((times) => 'x'.repeat(times)),
);

/** Mostly as it should be: a body of which every field is wrong ends at the first check. */
const mostly = (right: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 40, arbitrary: right }, { weight: 1, arbitrary: anything });

/** Any of the fields may be missing, and strange ones may be there; `__proto__` stays a field of its own. */
function block(fields: Record<string, fc.Arbitrary<unknown>>, required: readonly string[]): fc.Arbitrary<unknown> {
  const known = fc.record(Object.fromEntries(Object.entries(fields).map(([name, right]) => [name, mostly(right)])), {
    requiredKeys: [...required],
  });
  const extra = fc.oneof(
    { weight: 20, arbitrary: fc.constant({}) },
    { weight: 1, arbitrary: fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 2 }) },
    {
      weight: 1,
      arbitrary: fc.subarray(Object.keys(fields), { maxLength: 1 }).map((names) => {
        return Object.fromEntries(names.map((name) => [`${name}s`, 1]));
      }),
    },
  );
  return fc.tuple(known, extra).map(([one, other]): unknown => ({ ...one, ...other }));
}

const id = fc.stringMatching(/^[A-Za-z0-9._~:-]{1,20}$/);
const digits = fc.oneof(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 1, max: 1e9 }).map(String));
const text = fc.string({ unit: 'grapheme', maxLength: 30 });
const stage = fc.constantFrom('appointmentscheduled', 'qualifiedtobuy', 'presentationscheduled', 'closedwon', '007');

const guard = block(
  { require_associated_contact: fc.boolean(), deal_amount_min: fc.double({ min: 0, max: 1e9, noNaN: true }) },
  [],
);

export const anyRule = block(
  {
    name: text,
    mode: fc.constantFrom('act', 'suggest', 'watch'),
    enabled: fc.boolean(),
    trigger: block(
      {
        link_tag: id,
        contact_window: fc
          .tuple(fc.integer({ min: 1, max: 400 }), fc.constantFrom('d', 'h', 'm', 'w'))
          .map((parts) => parts.join('')),
        click_threshold: fc.integer({ min: 1, max: 200 }),
      },
      ['link_tag', 'contact_window', 'click_threshold'],
    ),
    action: block(
      {
        type: fc.constant('advance_deal_stage'),
        pipeline: fc.constantFrom('default', 'default', 'other'),
        from_stage: stage,
        to_stage: stage,
        guard,
      },
      ['type', 'pipeline', 'from_stage', 'to_stage'],
    ),
  },
  ['trigger', 'action'],
);

const utm = block(
  Object.fromEntries(['source', 'medium', 'campaign', 'content', 'term'].map((name) => [name, text])),
  [],
);

/** Of the last days, or of any time: as text or as milliseconds. */
const instant = (now: number) =>
  fc.oneof(
    fc.integer({ min: now - 86_400_000, max: now }),
    fc.integer({ min: now - 86_400_000, max: now }).map((ms) => new Date(ms).toISOString()),
    fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  );

const conversion = (now: number) =>
  block(
    {
      event: fc.constant('conversion.recorded'),
      click_id: id,
      conversion_id: id,
      name: text,
      value: fc.oneof(
        { weight: 8, arbitrary: fc.integer({ min: 0, max: 1e6 }) },
        fc.double(),
        fc.constantFrom('99.90', '0.001'),
      ),
      currency: fc.constantFrom('EUR', 'usd', 'JPY', 'BHD'),
      utm,
      email: fc.emailAddress(),
      hs_contact_id: digits,
      occurred_at: instant(now),
    },
    ['currency'],
  );

export const anyConversions = (now: number) => {
  const row = conversion(now);
  const batch = fc.array(row, { maxLength: 5 }).map((conversions) => ({ conversions }));
  return fc.oneof({ weight: 8, arbitrary: row }, { weight: 3, arbitrary: batch }, { weight: 1, arbitrary: anything });
};

interface HubSpotAccount {
  portalId: number;
  appId: number;
}

const kinds = ['creation', 'deletion', 'merge', 'restore', 'privacyDeletion', 'propertyChange'];
const eventType = fc
  .tuple(fc.constantFrom('contact', 'deal', 'company', 'object', 'ticket'), fc.constantFrom(...kinds))
  .map((parts) => parts.join('.'));

export const anyWebhooks = ({ portalId, appId }: HubSpotAccount, now: number) => {
  const row = block(
    {
      eventId: fc.integer(),
      portalId: fc.constantFrom<unknown>(portalId, portalId, String(portalId), 62_515),
      appId: fc.constantFrom<unknown>(appId, appId, String(appId), 4),
      occurredAt: fc.integer({ min: now - 86_400_000, max: now }),
      subscriptionType: eventType,
      eventType,
      objectId: digits,
      objectTypeId: fc.constantFrom('0-1', '0-3', '2-77'),
      propertyName: fc.constantFrom('email', 'dealstage', 'phone'),
      propertyValue: fc.oneof(text, stage, fc.boolean(), fc.double()),
      changeSource: fc.constantFrom('CRM_UI', 'INTEGRATION'),
      primaryObjectId: digits,
      mergedObjectIds: fc.array(digits, { maxLength: 4 }),
      newObjectId: digits,
      attemptNumber: fc.nat(10),
    },
    ['portalId', 'occurredAt', 'subscriptionType'],
  );
  return fc.oneof({ weight: 9, arbitrary: fc.array(row, { maxLength: 6 }) }, { weight: 1, arbitrary: anything });
};
