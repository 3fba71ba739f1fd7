import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClickEvidence } from '../../../server/domain/human-verdict/evidence.ts';
import { judgeClick } from '../../../server/domain/human-verdict/judge-click.ts';
import { humanity } from '../../../server/domain/human-verdict/verdict.ts';
import { browserAgent, browserHeaders, noon, phoneAgent } from './sample-click.ts';

const evidence = (clickId: string): fc.Arbitrary<ClickEvidence> =>
  fc.record({
    clickId: fc.constant(clickId),
    at: fc.integer({ min: 0, max: 70_000 }).map((ms) => noon + ms),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
    userAgent: fc.oneof(fc.constantFrom(browserAgent, phoneAgent, 'curl/8.4.0', 'Mozilla/5.0', null), fc.string()),
    linkId: fc.constantFrom('pricing', 'terms', 'demo', 'hidden'),
    who: fc.constantFrom('eid:101', 'eid:101', 'eid:102', null),
    headers: fc.constantFrom(null, {}, browserHeaders, { ...browserHeaders, purpose: 'prefetch' }),
    network: fc.constantFrom('203.0.113.0/24', '198.51.100.0/24', '2001:db8:1::/48', null),
    country: fc.constantFrom('GB', 'DE', ''),
    beacon: fc.boolean(),
    honeypot: fc.boolean(),
  });

const scene = fc
  .integer({ min: 1, max: 12 })
  .chain((size) => fc.tuple(...Array.from({ length: size }, (_, index) => evidence(`c${index}`))));

const shuffledScene = scene.chain((clicks) =>
  fc.record({
    clicks: fc.constant(clicks),
    shuffled: fc.shuffledSubarray(clicks, { minLength: clicks.length, maxLength: clicks.length }),
  }),
);

test('the verdict does not depend on the order of the neighbours, nor on the click being among them', () => {
  fc.assert(
    fc.property(shuffledScene, ({ clicks, shuffled }) => {
      for (const click of clicks) {
        const verdict = judgeClick(click, clicks);
        expect(judgeClick(click, shuffled)).toEqual(verdict);
        expect(
          judgeClick(
            click,
            shuffled.filter(({ clickId }) => clickId !== click.clickId),
          ),
        ).toEqual(verdict);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('a beacon never makes a click less human', () => {
  fc.assert(
    fc.property(scene, (clicks) => {
      for (const click of clicks) {
        const without = judgeClick({ ...click, beacon: false }, clicks);
        const withBeacon = judgeClick({ ...click, beacon: true }, clicks);
        expect(humanity(withBeacon)).toBeGreaterThanOrEqual(humanity(without));
      }
    }),
    { numRuns: 1_000 },
  );
});

test('every verdict has reasons in words and a confidence between 0 and 1', () => {
  fc.assert(
    fc.property(scene, (clicks) => {
      for (const click of clicks) {
        const { confidence, reasons } = judgeClick(click, clicks);
        expect(confidence).toBeGreaterThanOrEqual(0);
        expect(confidence).toBeLessThanOrEqual(1);
        expect(reasons.length).toBeGreaterThan(0);
        expect(reasons.every(({ words }) => words.endsWith('.'))).toBe(true);
      }
    }),
  );
});

test('of clicks that are twins of one another, one is never blamed for it', () => {
  const networks = Array.from({ length: 6 }, (_, index) => `198.51.${index}.0/24`);
  const twins = fc.uniqueArray(fc.constantFrom(...networks), { minLength: 2 }).chain((chosen) =>
    fc.tuple(
      ...chosen.map((network, index) =>
        evidence(`c${index}`).map((click) => ({
          ...click,
          network,
          who: 'eid:1',
          linkId: 'pricing',
          honeypot: false,
        })),
      ),
    ),
  );
  fc.assert(
    fc.property(twins, (clicks) => {
      const blamed = clicks.filter((click) => judgeClick(click, clicks).reasons.some(({ code }) => code === 'twin'));
      expect(blamed.length).toBeLessThan(clicks.length);
    }),
    { numRuns: 1_000 },
  );
});
