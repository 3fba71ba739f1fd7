import { describe, expect, it } from 'vitest';
import { belongs, isNarrowed, readFilter, toQuery, writeFilter } from '../../app/pages/log/log-filter.ts';

const row = {
  state: 'skipped',
  kind: 'click',
  contact_id: '501',
  connection_id: 'con_1',
  link: { slug: 'q2-pricing' },
  verdict: { verdict: 'machine' },
  reason: { code: 'machine_click' },
};

describe('the filter of the delivery log', () => {
  it('comes back from the address as it was written there', () => {
    const filter = { state: 'dead', link: 'q2-pricing', span: '7d' } as const;
    expect(readFilter(writeFilter(new URLSearchParams('verdict=human'), filter))).toMatchObject({
      ...filter,
      verdict: 'human',
    });
  });

  it('leaves nothing in the address when it is taken back', () => {
    const narrowed = writeFilter(new URLSearchParams(), { state: 'dead', span: '24h' });
    expect(writeFilter(narrowed, { state: undefined, span: 'any' }).toString()).toBe('');
  });

  it('knows a view that shows everything', () => {
    expect(isNarrowed(readFilter(new URLSearchParams('span=any&foreign=1')))).toBe(false);
    expect(isNarrowed(readFilter(new URLSearchParams('contact_id=501')))).toBe(true);
  });

  it('takes a span that nobody offers for none', () => {
    expect(readFilter(new URLSearchParams('span=7years')).span).toBeUndefined();
  });

  it('asks the same question within the same minute', () => {
    const at = Date.parse('2026-11-25T10:00:05Z');
    expect(toQuery({ span: '24h' }, at)).toEqual(toQuery({ span: '24h' }, at + 40_000));
    expect(toQuery({ span: '24h' }, at)).toMatchObject({ from: '2026-11-24T10:00:00.000Z' });
    expect(toQuery({ state: 'dead' }, at)).not.toHaveProperty('from');
  });

  it.each([
    [{}, true],
    [{ state: 'skipped', verdict: 'machine', link: 'q2-pricing' }, true],
    [{ reason: 'machine_click', contact_id: '501', connection_id: 'con_1', kind: 'click' }, true],
    [{ state: 'delivered' }, false],
    [{ link: 'other' }, false],
    [{ contact_id: '502' }, false],
    [{ verdict: 'human' }, false],
  ])('lets an event into the view %j: %s', (filter, expected) => {
    expect(belongs(filter, row)).toBe(expected);
  });
});
