// What the list of links is narrowed to, kept in the address.
import { useSearchParams } from 'react-router';
import type { LinkFilter } from '../../api/links.ts';

export function useLinkFilter() {
  const [search, setSearch] = useSearchParams();
  const filter: LinkFilter = {
    q: search.get('q') ?? undefined,
    tag: search.get('tag') ?? undefined,
    archived: search.get('archived') === 'true',
  };
  const setFilter = (change: LinkFilter) => {
    setSearch(
      (known) => {
        for (const [name, value] of Object.entries(change)) {
          if (value === undefined || value === '' || value === false) known.delete(name);
          else known.set(name, String(value));
        }
        return known;
      },
      { replace: true },
    );
  };
  return { filter, setFilter, isFiltered: filter.q !== undefined || filter.tag !== undefined };
}
