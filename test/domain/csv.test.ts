// CSV as spreadsheets write it.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseCsv } from '../../server/domain/csv.ts';

const cellsOf = (text: string) => parseCsv(text).map(({ cells }) => cells);

it.each<[string, string, string[][]]>([
  [
    'plain rows',
    'a,b\n1,2\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'no line break at the end',
    'a,b\r\n1,2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'quotes, commas and breaks in a cell',
    'a,b\n"x, ""y""","1\n2"',
    [
      ['a', 'b'],
      ['x, "y"', '1\n2'],
    ],
  ],
  [
    'semicolons',
    'a;b\n1,5;2',
    [
      ['a', 'b'],
      ['1,5', '2'],
    ],
  ],
  [
    'tabs',
    'a\tb\n1\t2',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  [
    'a byte order mark and empty lines',
    '\uFEFFa,b\n\n1,2\n,\n',
    [
      ['a', 'b'],
      ['1', '2'],
    ],
  ],
  ['a quote that is never closed', 'a,b\n"1,2', [['a', 'b'], ['1,2']]],
])('reads %s', (_name, text, rows) => {
  expect(cellsOf(text)).toEqual(rows);
});

it('counts lines through cells of several lines and empty lines', () => {
  const rows = parseCsv('a,b\n"1\n2",x\n\n3,4');
  expect(rows.map(({ line }) => line)).toEqual([1, 2, 5]);
});

it('reads back whatever was written with every cell in quotes', () => {
  const cell = fc.string({ unit: 'grapheme' }).map((text) => `x${text}`);
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(table, (rows) => {
      const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(',')).join('\n');
      // The heading tells the separator, so it is one without other candidates.
      expect(cellsOf(`a,b,c,d\n${text}`).slice(1)).toEqual(rows);
    }),
  );
});
