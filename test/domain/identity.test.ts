// What an eid means, and what a click can share with a form submission.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchKeysOf, parseEid, type Eid } from '../../server/domain/identity.ts';

const hubspot = (contactId: string, portalId: number | null = null): Eid => ({ kind: 'hubspot', contactId, portalId });
const elido = (id: string): Eid => ({ kind: 'elido', id });

describe('an eid', () => {
  it.each<[string, Eid]>([
    ['501', hubspot('501')],
    ['62515-501', hubspot('501', 62_515)],
    ['9223372036854775807', hubspot('9223372036854775807')],
    ['92233720368547758070', elido('92233720368547758070')],
    ['jane-7', elido('jane-7')],
    ['62515-jane', elido('62515-jane')],
    ['-501', elido('-501')],
    ['62515-', elido('62515-')],
    ['1-2-3', elido('1-2-3')],
    ['0x1f', elido('0x1f')],
    ['1e3', elido('1e3')],
    ['50.1', elido('50.1')],
    ['٥٠١', elido('٥٠١')],
    ['501\n', elido('501\n')],
    ['1234567890123456-501', elido('1234567890123456-501')],
  ])('%j is read as %j', (eid, meaning) => {
    expect(parseEid(eid)).toEqual(meaning);
  });

  it('never loses digits: a contact id comes out as the text that went in', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,19}$/), fc.option(fc.nat()), (contactId, portalId) => {
        const eid = portalId === null ? contactId : `${portalId}-${contactId}`;
        expect(parseEid(eid)).toEqual(hubspot(contactId, portalId));
      }),
    );
  });
});

describe('the keys of a click', () => {
  const none = { eid: null, gclid: null, fbclid: null };
  it.each([
    [{}, []],
    [{ eid: '501', gclid: 'g' }, ['gclid:g']],
    [{ eid: 'jane' }, ['eid:jane']],
    [{ gclid: 'same', fbclid: 'same' }, ['gclid:same', 'fbclid:same']],
    [{ eid: 'jane', gclid: 'g', fbclid: 'f' }, ['eid:jane', 'gclid:g', 'fbclid:f']],
    [{ eid: '', gclid: '' }, []],
  ])('%j -> %j', (changes, keys) => {
    expect(matchKeysOf({ ...none, ...changes })).toEqual(keys);
  });
});
