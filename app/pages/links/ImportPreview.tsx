// The first rows of a file, as they were understood.
import { plural } from '../../components/say.ts';
import type { LinksFile } from './read-links-file.ts';

export function ImportPreview({ file: { rows, columns, sample, renamed, ignored } }: { file: LinksFile }) {
  return (
    <div>
      <p className="text-muted">
        {plural(rows, 'row')}.{' '}
        {renamed.length > 0 && `Read ${renamed.map(({ from, to }) => `${from} as ${to}`).join(', ')}. `}
        {ignored.length > 0 && `Left out: ${ignored.join(', ')}.`}
      </p>
      <div
        className="mt-2 overflow-x-auto rounded-lg border border-line"
        tabIndex={0}
        role="region"
        aria-label="The first rows"
      >
        <table className="w-full text-left text-[0.8125rem]">
          <thead className="bg-sunken">
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col" className="px-3 py-1.5 font-medium whitespace-nowrap text-muted">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map((row, index) => (
              <tr key={index} className="border-t border-line">
                {row.map((cell, cellIndex) => (
                  <td key={columns[cellIndex]} className="max-w-56 truncate px-3 py-1.5">
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
