// Lists that are read page by page, by the cursor the server gives. Nothing here grows with history unless a person asks for more.
import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { api, type Query } from './api.ts';

interface Page {
  next_cursor: string | null;
}

interface List {
  key: QueryKey;
  path: string;
  query?: Query;
}

interface PagesOptions<P extends Page, Row> extends List {
  rowsOf: (page: P) => Row[];
  enabled?: boolean;
}

/** All that a table needs: the rows so far, whether there are more, and how to get them. */
export interface Pages<Row> {
  rows: Row[] | undefined;
  error: Error | null;
  retry: () => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  /** True while rows of an earlier question are shown. */
  isStale: boolean;
}

export const pagesQuery = <P extends Page>({ key, path, query = {} }: List) =>
  infiniteQueryOptions({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) => api.get<P>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: P) => page.next_cursor ?? undefined,
  });

export function usePages<P extends Page, Row>({ rowsOf, enabled = true, ...list }: PagesOptions<P, Row>): Pages<Row> {
  const pages = useInfiniteQuery({
    ...pagesQuery<P>(list),
    placeholderData: keepPreviousData,
    enabled,
  });
  return {
    rows: pages.data?.pages.flatMap(rowsOf),
    error: pages.data ? null : pages.error,
    retry: () => void pages.refetch(),
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    isStale: pages.isPlaceholderData,
  };
}
