// What the form says about UTM values, and where a visitor arrives.
import { describe, expect, it } from 'vitest';
import { decorateDestination } from '../../server/domain/destination.ts';
import { cleanUtm } from '../../server/domain/utm.ts';
import { arrivalOf, noUtm, type UtmValues } from '../../app/pages/links/addresses.ts';
import { utmHints } from '../../app/pages/links/utm-hints.ts';

const full: UtmValues = { ...noUtm, source: 'newsletter', medium: 'email', campaign: 'q2' };
const page = 'https://example.com/';

describe('hints about UTM values', () => {
  it('are none for a link without values and for a tidy one', () => {
    expect(utmHints(page, noUtm)).toEqual([]);
    expect(utmHints(page, full)).toEqual([]);
  });

  it.each([
    ['a nickname of a channel', { source: 'fb' }, { name: 'source', fix: 'facebook' }],
    ['blanks in a campaign', { campaign: 'Q2 launch' }, { name: 'campaign', fix: 'q2-launch' }],
    ['a medium nobody else uses', { medium: 'pigeon' }, { name: 'medium' }],
    ['an email address', { content: 'jo@example.com' }, { name: 'content' }],
    ['capital letters', { source: 'Newsletter' }, { name: 'source' }],
    ['a missing medium', { medium: '' }, { name: 'medium' }],
  ])('point at %s', (_what, change, hint) => {
    expect(utmHints(page, { ...full, ...change })).toEqual([expect.objectContaining(hint)]);
  });

  it('say when the destination overrules the link, and offer its value', () => {
    expect(utmHints('https://example.com/?utm_source=Zoom', full)).toEqual([
      expect.objectContaining({ name: 'source', fix: 'zoom' }),
    ]);
  });
});

describe('where a visitor arrives', () => {
  it.each([
    'https://example.com/',
    'https://example.com/a?b=1',
    'https://example.com/a?utm_source=Zoom#part',
    'https://example.com/?x=%20y&utm_medium=',
  ])('is what the server answers with: %s', (destination) => {
    const utm = { ...full, campaign: 'Q2 Launch & more' };
    expect(arrivalOf(destination, utm)).toBe(
      decorateDestination(destination, cleanUtm(utm), { gclid: null, fbclid: null }),
    );
  });

  it('is unknown without a complete address', () => {
    expect(arrivalOf('example.com', full)).toBeNull();
  });
});
