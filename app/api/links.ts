// Short links: reading, making, changing. Archiving shows at once, because it can be undone; everything else waits for the answer.
import {
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query';
import { api } from './api.ts';
import type { ImportUndone, Link, LinkChange, LinkImport, LinkList, LinkStats, NewLink } from './contract.ts';
import { usePages } from './pages.ts';

const linksKey = ['links'] as const;
export const linkPages = { key: linksKey, path: '/v1/links' } as const;
const linkKey = (id: string) => ['link', id] as const;
const statsChunk = 50;

export interface LinkFilter {
  q?: string | undefined;
  tag?: string | undefined;
  archived?: boolean;
}

export function useLinks({ q, tag, archived = false }: LinkFilter) {
  return usePages<LinkList, Link>({
    ...linkPages,
    query: { q, tag, archived: archived ? true : undefined },
    rowsOf: ({ links }) => links,
  });
}

export function useLink(id: string) {
  const client = useQueryClient();
  return useQuery({
    queryKey: linkKey(id),
    queryFn: ({ signal }) => api.get<Link>(`/v1/links/${encodeURIComponent(id)}`, undefined, signal),
    initialData: () => shownLinks(client).find((link) => link.id === id),
  });
}

/** Tags of the links that were read so far: to choose from. */
export function useKnownTags(): string[] {
  const client = useQueryClient();
  return [...new Set(shownLinks(client).flatMap(({ tags }) => tags))].sort();
}

/** Clicks of the last 30 days by link id; a link that is not in it is not counted yet. */
export function useLinkStats(ids: readonly string[]): Map<string, { clicks: number; atLeast: boolean }> {
  const chunks = Array.from({ length: Math.ceil(ids.length / statsChunk) }, (_, index) =>
    ids.slice(index * statsChunk, (index + 1) * statsChunk),
  );
  const stats = useQueries({
    queries: chunks.map((chunk) => ({
      queryKey: ['link-stats', ...chunk],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<LinkStats>('/v1/link-stats', { link_ids: chunk.join(',') }, signal),
      staleTime: 60_000,
    })),
  });
  return new Map(
    stats.flatMap(({ data }) =>
      (data?.links ?? []).map((link) => [link.link_id, { clicks: link.clicks, atLeast: link.at_least }] as const),
    ),
  );
}

export function useCreateLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (link: NewLink) => api.post<Link>('/v1/links', link),
    onSuccess: (link) => {
      client.setQueryData(linkKey(link.id), link);
      void client.invalidateQueries({ queryKey: linksKey });
      void client.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}

export function useChangeLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: LinkChange }) =>
      api.patch<Link>(`/v1/links/${encodeURIComponent(id)}`, change),
    onSuccess: (link) => {
      client.setQueryData(linkKey(link.id), link);
      void client.invalidateQueries({ queryKey: linksKey });
    },
  });
}

/** Takes the link out of the list, or brings it back. */
export function useArchiveLink() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ link, archived }: { link: Link; archived: boolean }) =>
      api.patch<Link>(`/v1/links/${encodeURIComponent(link.id)}`, { archived }),
    onMutate: async ({ link, archived }) => {
      await client.cancelQueries({ queryKey: linksKey });
      const before = client.getQueriesData<InfiniteData<LinkList>>({ queryKey: linksKey });
      if (archived) {
        for (const [key] of before) {
          client.setQueryData<InfiniteData<LinkList>>(key, (data) => (data ? without(data, link.id) : data));
        }
      }
      return { before };
    },
    onError: (_error, _variables, context) => {
      for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
    },
    onSettled: (link) => {
      if (link) client.setQueryData(linkKey(link.id), link);
      return client.invalidateQueries({ queryKey: linksKey });
    },
  });
}

export function useStartImport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ csv, dryRun }: { csv: string; dryRun: boolean }) =>
      api.postText<LinkImport>('/v1/link-imports', { type: 'text/csv', content: csv }, dryRun ? { dry_run: true } : {}),
    onSuccess: (linkImport) => {
      if (linkImport.id !== null) client.setQueryData(['link-imports', linkImport.id], linkImport);
    },
  });
}

/** Portion by portion to the end; `onProgress` hears how many links are archived so far. */
export function useUndoImport(onProgress: (archived: number) => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (id: string) => {
      const sum = { archived: 0, kept: 0 };
      let after: string | null = null;
      do {
        const path = `/v1/link-imports/${encodeURIComponent(id)}/undo`;
        const done: ImportUndone = await api.post<ImportUndone>(path, after === null ? {} : { after });
        sum.archived += done.archived;
        sum.kept += done.kept;
        after = done.next;
        onProgress(sum.archived);
      } while (after !== null);
      return sum;
    },
    onSettled: () => client.invalidateQueries({ queryKey: linksKey }),
  });
}

const lookAgainMs = 1_500;

/** Live events say how far it is; should they not come through, it is asked for. */
export function useImport(id: string | null) {
  return useQuery({
    queryKey: ['link-imports', id],
    queryFn: ({ signal }) => api.get<LinkImport>(`/v1/link-imports/${encodeURIComponent(id ?? '')}`, undefined, signal),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : lookAgainMs),
  });
}

function shownLinks(client: QueryClient): Link[] {
  return client
    .getQueriesData<InfiniteData<LinkList>>({ queryKey: linksKey })
    .flatMap(([, data]) => data?.pages.flatMap(({ links }) => links) ?? []);
}

function without(data: InfiniteData<LinkList>, id: string): InfiniteData<LinkList> {
  const pages = data.pages.map((page) => ({ ...page, links: page.links.filter((link) => link.id !== id) }));
  return { ...data, pages };
}
