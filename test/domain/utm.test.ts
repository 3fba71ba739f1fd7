// UTM hygiene: what people type differently is one channel.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanUtm, hasUtm, utmNames } from '../../server/domain/utm.ts';

const anyValue = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant(null));

describe('UTM values', () => {
  it.each([
    ['Facebook', 'facebook'],
    ['  facebook ', 'facebook'],
    ['FACE\tBOOK', 'face book'],
    ['face \u00A0\n  book', 'face book'],
    ['Cafe\u0301', 'café'],
    ['CAFÉ', 'café'],
    ['J\u030C', 'ǰ'],
    ['🚀 Launch', '🚀 launch'],
  ])('%j is kept as %j', (raw, kept) => {
    expect(cleanUtm({ source: raw })).toEqual({ source: kept });
  });

  it.each(['', ' ', '\t\n', '\u00A0', null, undefined])('%j is no value: the name is absent', (raw) => {
    const utm = cleanUtm({ campaign: raw });
    expect(utm).toEqual({});
    expect(hasUtm(utm)).toBe(false);
  });

  it('cleaning what is clean changes nothing, and never leaves an empty value', () => {
    const anyUtm = fc.record(Object.fromEntries(utmNames.map((name) => [name, anyValue])), { requiredKeys: [] });
    fc.assert(
      fc.property(anyUtm, (raw) => {
        const once = cleanUtm(raw);
        expect(cleanUtm(once)).toEqual(once);
        for (const value of Object.values(once)) expect(value).toMatch(/^\S(.*\S)?$/su);
      }),
    );
  });

  it('upper case and space around plain words never make another channel', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9_-]{1,30}$/), fc.stringMatching(/^[ \t\n]{0,3}$/), (word, space) => {
        expect(cleanUtm({ medium: `${space}${word.toUpperCase()}${space}` })).toEqual({ medium: word });
      }),
    );
  });

  it('only the five names come through', () => {
    expect(cleanUtm({ source: 'a', id: 'x' } as Parameters<typeof cleanUtm>[0])).toEqual({ source: 'a' });
  });
});
