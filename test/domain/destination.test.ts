// What is added to a destination on the way there: invariants for any destination and any values.
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrivingUtm, decorateDestination, judgeDestination } from '../../server/domain/destination.ts';
import { utmNames, type Utm } from '../../server/domain/utm.ts';

const anyUtm: fc.Arbitrary<Utm> = fc.record(
  Object.fromEntries(utmNames.map((name) => [name, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 })])),
  { requiredKeys: [] },
);
const anyId = fc.option(fc.stringMatching(/^[A-Za-z0-9._~:-]{1,40}$/));
const anyDestination = fc
  .webUrl({ withQueryParameters: true, withFragments: true })
  .map((url) => judgeDestination(url, 'https://s.example.com'))
  .filter((verdict) => verdict.ok)
  .map((verdict) => (verdict.ok ? verdict.url : ''));

it('what the destination says is kept as it is, and what is added can be read back', () => {
  fc.assert(
    fc.property(anyDestination, anyUtm, anyId, anyId, (destination, utm, gclid, fbclid) => {
      const before = new URL(destination);
      const after = new URL(decorateDestination(destination, utm, { gclid, fbclid }));
      expect([after.origin, after.pathname, after.hash]).toEqual([before.origin, before.pathname, before.hash]);
      expect(after.search.startsWith(before.search)).toBe(true);
      for (const name of utmNames) {
        const expected = before.searchParams.get(`utm_${name}`) ?? utm[name] ?? null;
        expect(after.searchParams.get(`utm_${name}`)).toBe(expected);
      }
    }),
  );
});

it('decorating twice adds nothing the second time', () => {
  fc.assert(
    fc.property(anyDestination, anyUtm, anyId, (destination, utm, gclid) => {
      const once = decorateDestination(destination, utm, { gclid, fbclid: null });
      expect(decorateDestination(once, utm, { gclid, fbclid: null })).toBe(once);
    }),
  );
});

it('the visitor arrives with the values the click is given', () => {
  fc.assert(
    fc.property(anyDestination, anyUtm, (destination, utm) => {
      const arrived = new URL(decorateDestination(destination, utm, { gclid: null, fbclid: null })).searchParams;
      for (const [name, value] of Object.entries(arrivingUtm(destination, utm))) {
        expect(arrived.get(`utm_${name}`)).toBe(value);
      }
    }),
  );
});

it.each([
  ['http://localhost:8080/', 'http://localhost:3000', true],
  ['http://localhost:3000/x', 'http://localhost:3000', false],
  ['http://LOCALHOST:3000/x', 'http://localhost:3000', false],
  ['https://sub.s.example.com/', 'https://s.example.com', true],
  ['https://s.example.com:8443/', 'https://s.example.com', true],
  ['https://ｓ.example.com/', 'https://s.example.com', false],
])('%s for a server at %s: allowed %s', (destination, publicUrl, allowed) => {
  expect(judgeDestination(destination, publicUrl).ok).toBe(allowed);
});
