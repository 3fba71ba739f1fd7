// What is known to come for a portal: believed while it is whole and young, and never later than the truth.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { believedMs, comingKinds, makeOutlook, type Agenda, type Coming } from '../../server/domain/outlook.ts';

const now = Date.UTC(2026, 4, 4, 12);
const at = (ms: number) => new Date(now + ms);
const kinds = [...comingKinds];

function asked(agenda: Agenda | null, hintedUntil?: Date): Coming[] {
  const outlook = makeOutlook(agenda && { agenda, hintedUntil }, now);
  return kinds.filter((kind) => outlook.isDue(kind, now));
}

describe('the outlook of a portal', () => {
  it.each<[string, Coming[], Agenda | null, Date?]>([
    ['nothing is known without an agenda', kinds, null],
    ['a holder that died left no moment of looking: nothing is believed', kinds, { waits: at(60_000) }],
    ['what was looked at long ago is looked at again', kinds, { lookedAt: at(-believedMs) }],
    ['what a clock ahead of ours wrote is not believed', kinds, { lookedAt: at(1) }],
    ['nothing is asked where nothing comes', [], { lookedAt: at(-1) }],
    ['what comes later is not asked now', [], { lookedAt: at(-1), waits: at(1), recounts: at(1), deliveries: at(1) }],
    ['what is due is asked', ['recounts', 'moves'], { lookedAt: at(-1), recounts: at(0), moves: at(-5), waits: at(9) }],
    ['a hint for later may be for deliveries that nobody looked at', ['deliveries'], { lookedAt: at(-1) }, at(1)],
    ['a hint that is over tells of nothing but what is taken now', [], { lookedAt: at(-1) }, at(0)],
  ])('%s', (_words, expected, agenda, hintedUntil) => {
    expect(asked(agenda, hintedUntil)).toEqual(expected);
  });

  it('knows of a kind that it may have, due or not', () => {
    const outlook = makeOutlook({ agenda: { lookedAt: at(-1), waits: at(60_000) } }, now);
    expect([outlook.mayHave('waits'), outlook.mayHave('moves')]).toEqual([true, false]);
    expect(makeOutlook(null, now).mayHave('moves')).toBe(true);
  });

  it('keeps the moment of looking while it is believed, and takes the new one when all was asked', () => {
    expect(makeOutlook({ agenda: { lookedAt: at(-9) } }, now).toAgenda(now).lookedAt).toEqual(at(-9));
    const anew = makeOutlook(null, now);
    for (const kind of kinds) anew.learn(kind, kind === 'waits' ? now + 7 : null);
    expect(anew.toAgenda(now)).toEqual({ lookedAt: at(0), waits: at(7) });
  });

  it('what is doubted is asked, whatever was expected', () => {
    const outlook = makeOutlook({ agenda: { lookedAt: at(-1) } }, now);
    outlook.doubt('deliveries');
    outlook.expect('deliveries', now + 60_000);
    expect(outlook.isDue('deliveries', now)).toBe(true);
  });

  it('is never later than anything that was expected', () => {
    const moments = fc.array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 1, max: 1e9 })), { minLength: 1 });
    fc.assert(
      fc.property(moments, (expected) => {
        const outlook = makeOutlook({ agenda: { lookedAt: at(0) } }, now);
        for (const [kind, ms] of expected) outlook.expect(kind, now + ms);
        const agenda = outlook.toAgenda(now);
        for (const [kind, ms] of expected) {
          expect(agenda[kind]?.getTime()).toBeLessThanOrEqual(now + ms);
          expect(outlook.next(kinds)).toBeLessThanOrEqual(now + ms);
        }
      }),
    );
  });
});
