// CSV files as people have them, read for the import.
import { describe, expect, it } from 'vitest';
import { importColumns, maxImportRows } from '../../server/contract/import.ts';
import { readLinks, template } from '../../app/pages/links/read-links-file.ts';

describe('a CSV file of links', () => {
  it('is sent as it is when its columns are the known ones', () => {
    expect(readLinks('links.csv', template)).toMatchObject({ rows: 1, ignored: [], renamed: [], problem: null });
    expect(readLinks('links.csv', template).columns).toEqual([...importColumns]);
  });

  it('of another tool is understood: other names, semicolons, a byte order mark, unknown columns', () => {
    const read = readLinks(
      'export.csv',
      '\uFEFFLong URL;Link title;Owner\r\nhttps://example.com/;"Price; list";Kim\r\n',
    );
    expect(read.renamed).toEqual([
      { from: 'Long URL', to: 'destination' },
      { from: 'Link title', to: 'title' },
    ]);
    expect(read.ignored).toEqual(['Owner']);
    expect(read.csv).toBe('destination,title\nhttps://example.com/,Price; list');
    expect(read.problem).toBeNull();
  });

  it('keeps its line numbers when lines are empty', () => {
    const read = readLinks('links.csv', 'title,destination\n\nA,https://a.example\n\n\n');
    expect(read.csv.split('\n')).toHaveLength(3);
    expect(read.rows).toBe(1);
  });

  it.each([
    ['nothing at all', '', 'Missing: title and destination'],
    ['no destination', 'title\nA\n', 'Missing: destination'],
    ['no rows', 'title,destination\n', 'no rows'],
    ['too many rows', `title,destination\n${'A,https://a.example\n'.repeat(maxImportRows + 1)}`, 'Split it'],
  ])('is refused before it is sent when it has %s', (_what, text, words) => {
    expect(readLinks('links.csv', text).problem).toContain(words);
  });
});
