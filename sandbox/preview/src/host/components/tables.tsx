/** Table and its parts, with HubSpot's paging below and sorting in the heads. */
import { classes, sizeOf, type Common } from './props.ts';

type Width = number | 'min' | 'max' | 'auto';
type Cell = Common & { align?: string; width?: Width; colSpan?: number };
type TableProps = Common & {
  bordered?: boolean;
  flush?: boolean;
  density?: string;
  paginated?: boolean;
  pageCount?: number;
  page?: number;
  showButtonLabels?: boolean;
  showFirstLastButtons?: boolean;
  maxVisiblePageButtons?: number;
  onPageChange?: (page: number) => void;
};

export function Table({ bordered, flush, density = 'default', children, testId, ...paging }: TableProps) {
  const look = classes('hs-table', bordered && 'hs-table-bordered', flush && 'hs-table-flush', `hs-table-${density}`);
  return (
    <div className={look} data-testid={testId}>
      <div className="hs-table-scroll" tabIndex={0} role="group" aria-label="Table">
        <table>{children}</table>
      </div>
      {paging.paginated && <Paging {...paging} />}
    </div>
  );
}

function Paging({ pageCount = 1, page = 1, onPageChange, showButtonLabels = true, ...props }: TableProps) {
  const visible = Math.min(props.maxVisiblePageButtons ?? 5, pageCount);
  const first = Math.max(1, Math.min(page - Math.floor(visible / 2), pageCount - visible + 1));
  const go = (to: number) => onPageChange?.(to);
  return (
    <nav className="hs-paging" aria-label="Pages">
      {props.showFirstLastButtons && (
        <button type="button" disabled={page <= 1} onClick={() => go(1)}>
          First
        </button>
      )}
      <button type="button" disabled={page <= 1} aria-label="Previous page" onClick={() => go(page - 1)}>
        ‹ {showButtonLabels && 'Prev'}
      </button>
      {Array.from({ length: visible }, (_, index) => first + index).map((number) => (
        <button
          key={number}
          type="button"
          aria-current={number === page ? 'page' : undefined}
          onClick={() => go(number)}
        >
          {number}
        </button>
      ))}
      <button type="button" disabled={page >= pageCount} aria-label="Next page" onClick={() => go(page + 1)}>
        {showButtonLabels && 'Next'} ›
      </button>
      {props.showFirstLastButtons && (
        <button type="button" disabled={page >= pageCount} onClick={() => go(pageCount)}>
          Last
        </button>
      )}
    </nav>
  );
}

export const TableHead = ({ children }: Common) => <thead>{children}</thead>;
export const TableBody = ({ children }: Common) => <tbody>{children}</tbody>;
export const TableFooter = ({ children }: Common) => <tfoot>{children}</tfoot>;
export const TableRow = ({ children, testId }: Common) => <tr data-testid={testId}>{children}</tr>;

function cellProps({ align, width, colSpan, testId }: Cell) {
  return {
    className: classes(`hs-cell-${align}`, typeof width === 'string' && `hs-width-${sizeOf(width, 'auto')}`),
    style: typeof width === 'number' ? { width } : undefined,
    colSpan,
    'data-testid': testId,
  };
}

export function TableCell({ children, ...cell }: Cell) {
  return <td {...cellProps(cell)}>{children}</td>;
}

type SortDirection = 'ascending' | 'descending' | 'none';
type HeaderProps = Cell & {
  sortDirection?: SortDirection | 'never';
  disabled?: boolean;
  onSortChange?: (to: SortDirection) => void;
};

const nextSort: Record<SortDirection, SortDirection> = {
  none: 'ascending',
  ascending: 'descending',
  descending: 'none',
};
const arrows: Record<SortDirection, string> = { none: '↕', ascending: '↑', descending: '↓' };

export function TableHeader({ children, sortDirection = 'never', disabled, onSortChange, ...cell }: HeaderProps) {
  if (sortDirection === 'never')
    return (
      <th scope="col" {...cellProps(cell)}>
        {children}
      </th>
    );
  return (
    <th scope="col" aria-sort={sortDirection} {...cellProps(cell)}>
      <button
        type="button"
        className="hs-sort"
        disabled={disabled}
        onClick={() => onSortChange?.(nextSort[sortDirection])}
      >
        {children} <span aria-hidden="true">{arrows[sortDirection]}</span>
      </button>
    </th>
  );
}
