// Every reason a delivery can carry has words for people and a next step.
import { describe, expect, it } from 'vitest';
import { explain, isReasonCode, type ReasonCode } from '../../server/domain/reasons.ts';
import { errorCodes, type ErrorCode } from '../../server/errors.ts';

/** A reason that is not in here does not compile. */
const ownReasons: Record<Exclude<ReasonCode, ErrorCode>, true> = {
  not_connected: true,
  no_identity: true,
  conversion_without_identity: true,
  eid_invalid: true,
  eid_unknown: true,
  eid_other_portal: true,
  eid_ambiguous: true,
  waiting_for_contact: true,
  no_matching_contact: true,
  conversions_only: true,
  human_check: true,
  machine_click: true,
  connection_paused: true,
  disconnected: true,
  contact_erased: true,
  property_refused: true,
};
const all = [...Object.keys(ownReasons), ...Object.keys(errorCodes)] as ReasonCode[];

describe('a reason', () => {
  it.each(all)('%s says what happened and what to do next', (reason) => {
    expect(isReasonCode(reason)).toBe(true);
    const { words, next } = explain(reason);
    expect(words).toMatch(/^[A-Z].{10,}[.)]$/);
    expect(next).toMatch(/^[A-Z].{10,}$/);
  });

  it('what tries again by itself asks nobody to do anything', () => {
    const retried = (Object.keys(errorCodes) as ErrorCode[]).filter((code) => errorCodes[code].onDelivery === 'retry');
    for (const code of retried) expect(explain(code).next).toContain('Nothing to do');
  });

  it('the documented words are kept', () => {
    expect(explain('no_matching_contact').words).toContain('No matching contact');
    expect(explain('hubspot_token_revoked').words).toContain('Token revoked');
    const { words, next } = explain('hubspot_insufficient_permissions');
    expect(`${words} ${next}`).toMatch(/insufficient permissions.*reconnect as a super admin/is);
  });

  it.each(['from_the_future', '', 'toString', 'constructor', '__proto__'])('%j is none we know', (code) => {
    expect(isReasonCode(code)).toBe(false);
  });
});
