// Tables: rows from pages with a cursor, place holders while they come, cards instead of columns on a phone.
import type { ReactNode } from 'react';
import type { Pages } from '../api/pages.ts';
import { Button } from './Button.tsx';
import { ErrorState, Skeleton } from './States.tsx';

export interface Column<Row> {
  name: string;
  cell: (row: Row) => ReactNode;
  /** The heading is for screen readers only. */
  hideName?: boolean;
  /** The cells of a phone's card speak for themselves. */
  hideNameOnPhone?: boolean;
  align?: 'right';
  /** Tailwind classes for the width of the column. */
  className?: string;
  /** Stands at the top of the card on a phone, without its heading. */
  main?: boolean;
  /** Left out on a phone. */
  wideOnly?: boolean;
}

interface DataTableProps<Row> {
  /** What the table shows, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  pages: Pick<Pages<Row>, 'rows' | 'error' | 'retry'> & Partial<Pages<Row>>;
  keyOf: (row: Row) => string;
  /** Shown instead of a table without rows. */
  empty: ReactNode;
  skeletonRows?: number;
}

export function DataTable<Row>({ caption, columns, pages, keyOf, empty, skeletonRows = 6 }: DataTableProps<Row>) {
  const { rows, error, retry, hasMore = false, isLoadingMore = false, loadMore, isStale = false } = pages;
  if (error) return <ErrorState error={error} retry={retry} />;
  if (rows?.length === 0 && !hasMore) return <>{empty}</>;
  return (
    <div aria-busy={rows === undefined || isStale}>
      <table className={`w-full text-left max-sm:block ${isStale ? 'opacity-60' : ''}`}>
        <caption className="sr-only">{caption}</caption>
        <thead className="max-sm:sr-only">
          <tr className="border-b border-line">
            {columns.map((column) => (
              <th
                key={column.name}
                scope="col"
                className={`px-3 py-2 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5 ${column.align === 'right' ? 'text-right' : ''} ${column.className ?? ''}`}
              >
                {column.hideName ? <span className="sr-only">{column.name}</span> : column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-sm:block">
          {rows
            ? rows.map((row) => <TableRow key={keyOf(row)} row={row} columns={columns} />)
            : Array.from({ length: skeletonRows }, (_, index) => <SkeletonRow key={index} columns={columns} />)}
        </tbody>
      </table>
      {hasMore && (
        <div className="border-t border-line p-3 text-center">
          <Button size="small" busy={isLoadingMore} onClick={loadMore}>
            Show more
          </Button>
        </div>
      )}
    </div>
  );
}

const rowLook =
  'border-b border-line last:border-0 max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:gap-y-1 max-sm:px-4 max-sm:py-3 sm:hover:bg-sunken/60';

function TableRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr className={rowLook}>
      {columns.map((column) => (
        <td key={column.name} className={cellLook(column)}>
          {!column.main && !column.hideName && !column.hideNameOnPhone && (
            <span className="mr-1 text-xs text-muted sm:hidden" aria-hidden="true">
              {column.name}
            </span>
          )}
          {column.cell(row)}
        </td>
      ))}
    </tr>
  );
}

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr className={rowLook}>
      {columns.map((column, index) => (
        <td key={column.name} className={cellLook(column)}>
          <Skeleton className={index === 0 ? 'my-2.5 h-4 w-40' : 'my-2.5 h-4 w-16'} />
        </td>
      ))}
    </tr>
  );
}

function cellLook<Row>({ align, className = '', main = false, wideOnly = false }: Column<Row>): string {
  const phone = wideOnly ? 'max-sm:hidden' : main ? 'max-sm:w-full max-sm:flex-1 max-sm:basis-2/3' : '';
  const side = align === 'right' ? 'sm:text-right numeric' : '';
  return `py-2 align-middle max-sm:p-0 sm:px-3 sm:first:pl-5 sm:last:pr-5 ${side} ${phone} ${className}`;
}
