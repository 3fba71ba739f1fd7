// Tables that people read: figures stand under each other, large ones are grouped.
import { expect, it } from 'vitest';
import { tableText } from '../../bench/print-table.ts';

it('a table lines its figures up under their columns', () => {
  const rows = [
    ['folded', 37, 3.871],
    ['click by click', 4_751, 8.6],
  ];
  expect(tableText({ title: 'Calls', columns: ['design', 'calls', 'seconds'], rows })).toBe(
    [
      'Calls',
      '  design          calls  seconds',
      '  --------------  -----  -------',
      '  folded             37     3.87',
      '  click by click  4,751     8.60',
    ].join('\n'),
  );
});
