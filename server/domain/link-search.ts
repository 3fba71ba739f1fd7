// How links are found by words: what can be found is worked out when a link is saved, so that a search is one look into an index.
// The beginnings of every word are kept, without case and accents; nothing a person types becomes a pattern.

/** Longer words are found by their first letters and then compared. */
const longestBeginning = 12;
const mostBeginnings = 400;

interface Searchable {
  slug: string;
  title: string;
  destination: string;
  tags: readonly string[];
}

/** The beginnings of all words of a link. */
export function searchTermsOf(link: Searchable): string[] {
  const words = wordsOf([link.slug, link.title, ...link.tags, hostOf(link.destination)].join(' '));
  const beginnings = new Set<string>();
  for (const word of words) {
    for (let length = 1; length <= Math.min(word.length, longestBeginning); length++)
      beginnings.add(word.slice(0, length));
    if (beginnings.size >= mostBeginnings) break;
  }
  return [...beginnings].slice(0, mostBeginnings);
}

/** What has to be among the terms of a link; empty for a question without a letter or digit. */
export function questionTermsOf(question: string): string[] {
  return [...new Set(wordsOf(question).map((word) => word.slice(0, longestBeginning)))].slice(0, 8);
}

function wordsOf(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
}

function hostOf(destination: string): string {
  return URL.canParse(destination) ? new URL(destination).hostname.replace(/^www\./, '') : '';
}
