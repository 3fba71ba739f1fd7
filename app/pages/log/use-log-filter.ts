// The filter of the log, kept in the address.
import { useSearchParams } from 'react-router';
import { isNarrowed, readFilter, writeFilter, type LogFilter } from './log-filter.ts';

export function useLogFilter() {
  const [search, setSearch] = useSearchParams();
  const filter = readFilter(search);
  return {
    filter,
    isFiltered: isNarrowed(filter),
    setFilter: (change: LogFilter) => setSearch((known) => writeFilter(known, change), { replace: true }),
    clear: () => setSearch(new URLSearchParams(), { replace: true }),
  };
}
