// What a link is found by.
import { expect, it } from 'vitest';
import { questionTermsOf, searchTermsOf } from '../../server/domain/link-search.ts';

const link = {
  slug: 'q2-pricing',
  title: 'Übersicht Preise 2026',
  destination: 'https://www.shop.example.com/path/of/the/page',
  tags: ['sales-collateral'],
};
const isFound = (question: string) => {
  const terms = new Set(searchTermsOf(link));
  return questionTermsOf(question).every((term) => terms.has(term));
};

it.each(['q2', 'PRICING', 'pri', 'ubersicht', 'Übers', 'sales coll', 'shop', 'example', '2026 preise'])(
  'is found by "%s"',
  (question) => {
    expect(isFound(question)).toBe(true);
  },
);

it.each(['ricing', 'path', 'q3', 'pricing webinar'])('is not found by "%s"', (question) => {
  expect(isFound(question)).toBe(false);
});

it('takes nothing as a pattern, and asks nothing for punctuation', () => {
  expect(questionTermsOf('.* $gt ^a|b')).toEqual(['gt', 'a', 'b']);
  expect(questionTermsOf('.*+?')).toEqual([]);
});

it('stays small for a long title', () => {
  expect(searchTermsOf({ ...link, title: 'abcdefghijklmnop '.repeat(12) + 'x y z' }).length).toBeLessThanOrEqual(400);
});
