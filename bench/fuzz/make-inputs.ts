// An endless stream of inputs from a seed: every second one is made around the schema, the others are real samples with damaged bytes.
import * as fc from 'fast-check';
import { stringify } from 'yaml';
import type { Random } from '../chaos/random.ts';
import { damaged } from './damage.ts';
import { anyConversions, anyRule, anyWebhooks } from './shapes.ts';

export const inputKinds = ['rule', 'conversion', 'webhook'] as const;
export type InputKind = (typeof inputKinds)[number];

export interface Input {
  kind: InputKind;
  /** The text of a rule, or the body of a request. */
  bytes: Buffer;
}

interface MakeInputs {
  portalId: number;
  appId: number;
  now: number;
  random: Random;
}

const rule = `trigger:
  link_tag: "sales-collateral"   # all links tagged this way count
  contact_window: 30d
  click_threshold: 50
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "appointmentscheduled"
  to_stage: "qualifiedtobuy"
  guard:
    require_associated_contact: true
    deal_amount_min: 5000
`;

/** Fast-check is asked for this many at once. */
const drawnAtOnce = 200;

export function* makeInputs({ portalId, appId, now, random }: MakeInputs): Generator<Input, never> {
  const shapes: Record<InputKind, fc.Arbitrary<unknown>> = {
    rule: anyRule,
    conversion: anyConversions(now),
    webhook: anyWebhooks({ portalId, appId }, now),
  };
  const samples: Record<InputKind, Buffer[]> = {
    rule: [rule, `name: Proposal read\nmode: suggest\nenabled: false\n${rule}`].map((text) => Buffer.from(text)),
    conversion: realConversions(now).map(bytesOf),
    webhook: realWebhooks({ portalId, appId, now }).map(bytesOf),
  };
  const drawn: Record<InputKind, unknown[]> = { rule: [], conversion: [], webhook: [] };
  for (let n = 0; ; n += 1) {
    const kind = inputKinds[n % inputKinds.length] ?? 'rule';
    if (random.next() < 0.5) {
      yield { kind, bytes: damaged(samples[kind], random) };
      continue;
    }
    if (drawn[kind].length === 0)
      drawn[kind] = fc.sample(shapes[kind], { numRuns: drawnAtOnce, seed: random.int(2 ** 31) });
    const value = drawn[kind].pop();
    yield { kind, bytes: kind === 'rule' ? Buffer.from(ruleText(value, random)) : bytesOf(value) };
  }
}

const bytesOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? 'null');

/** As YAML for people, or as JSON, which is YAML too. */
function ruleText(value: unknown, random: Random): string {
  return random.next() < 0.5 ? stringify(value, { aliasDuplicateObjects: false }) : JSON.stringify(value);
}

function realConversions(now: number): unknown[] {
  const one = {
    event: 'conversion.recorded',
    click_id: 'clk_abc123',
    conversion_id: 'order-10023',
    name: 'Demo booked',
    value: 99.9,
    currency: 'EUR',
    utm: { source: 'webinar', campaign: 'q2-pricing', medium: 'email' },
    email: 'jane@example.com',
    occurred_at: new Date(now).toISOString(),
  };
  return [one, { name: 'Größe bestätigt ✓', hs_contact_id: '501' }, { conversions: [one, { ...one, value: '7' }] }];
}

function realWebhooks({ portalId, appId, now }: { portalId: number; appId: number; now: number }): unknown[] {
  const row = { eventId: 100, subscriptionId: 9, portalId, appId, occurredAt: now, attemptNumber: 0, objectId: 501 };
  const created = { ...row, subscriptionType: 'contact.creation', changeSource: 'CRM_UI' };
  const merged = {
    ...row,
    subscriptionType: 'contact.merge',
    primaryObjectId: 501,
    mergedObjectIds: [502],
    newObjectId: 601,
  };
  const moved = {
    ...row,
    subscriptionType: 'object.propertyChange',
    objectTypeId: '0-3',
    propertyName: 'dealstage',
    propertyValue: 'qualifiedtobuy',
  };
  return [
    [created],
    [merged, moved],
    [created, merged, moved, { ...row, subscriptionType: 'contact.privacyDeletion' }],
  ];
}
