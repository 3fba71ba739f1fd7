// Lists that are read page by page, by the cursor the server gives. Nothing here grows with history unless a person asks for more.
import { keepPreviousData, useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import { api, type Query } from './api.ts';

interface Page {
  next_cursor: string | null;
}

interface PagesOptions<P extends Page, Row> {
  key: QueryKey;
  path: string;
  query?: Query;
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

export function usePages<P extends Page, Row>({
  key,
  path,
  query = {},
  rowsOf,
  enabled = true,
}: PagesOptions<P, Row>): Pages<Row> {
  const pages = useInfiniteQuery({
    queryKey: [...key, query],
    queryFn: ({ pageParam, signal }) => api.get<P>(path, { ...query, cursor: pageParam }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
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
