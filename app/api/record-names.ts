// What contacts and deals are called: asked for together, for all rows that are shown. Until it is known, and where there is no name,
// people see the id.
import { useQueries } from '@tanstack/react-query';
import { api } from './api.ts';
import type { RecordNames } from './contract.ts';

/** A row that names records of one account. */
export interface NamedRecords {
  connectionId: string | null;
  contactIds?: readonly (string | null)[];
  dealIds?: readonly string[];
}

export interface Names {
  contact: (id: string) => string;
  deal: (id: string) => string;
}

/** The server names so many at once. */
const atOnce = 100;

export function useRecordNames(rows: readonly NamedRecords[]): Names {
  return useQueries({
    queries: questionsOf(rows).map(({ connectionId, ...asked }) => ({
      queryKey: ['record-names', connectionId, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordNames>(`/v1/connections/${encodeURIComponent(connectionId)}/record-names`, asked, signal),
      staleTime: 5 * 60_000,
    })),
    combine: (replies) => namesOf(replies.flatMap(({ data }) => data ?? [])),
  });
}

interface Question {
  connectionId: string;
  contact_ids?: string;
  deal_ids?: string;
}

function questionsOf(rows: readonly NamedRecords[]): Question[] {
  return [...new Set(rows.map(({ connectionId }) => connectionId))].flatMap((connectionId) => {
    if (connectionId === null) return [];
    const own = rows.filter((row) => row.connectionId === connectionId);
    const contacts = inChunks(own.flatMap(({ contactIds = [] }) => contactIds.filter((id) => id !== null)));
    const deals = inChunks(own.flatMap(({ dealIds = [] }) => dealIds));
    return Array.from({ length: Math.max(contacts.length, deals.length) }, (_, n) => ({
      connectionId,
      ...(contacts[n] ? { contact_ids: contacts[n] } : {}),
      ...(deals[n] ? { deal_ids: deals[n] } : {}),
    }));
  });
}

/** Each id once, in one order, so that the same rows ask the same question. */
function inChunks(ids: readonly string[]): string[] {
  const sorted = [...new Set(ids)].sort();
  return Array.from({ length: Math.ceil(sorted.length / atOnce) }, (_, n) =>
    sorted.slice(n * atOnce, (n + 1) * atOnce).join(','),
  );
}

function namesOf(replies: readonly RecordNames[]): Names {
  const contacts = new Map(replies.flatMap((reply) => reply.contacts.map(({ id, name }) => [id, name])));
  const deals = new Map(replies.flatMap((reply) => reply.deals.map(({ id, name }) => [id, name])));
  return {
    contact: (id) => contacts.get(id) ?? `Contact ${id}`,
    deal: (id) => deals.get(id) ?? `Deal ${id}`,
  };
}
