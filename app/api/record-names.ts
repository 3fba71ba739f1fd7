// What contacts and deals are called: asked for together, for all rows that are shown. Until it is known, and where there is no name,
// people see the id.
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { api } from './api.ts';
import type { RecordNames } from './contract.ts';

/** A row that names records of one account. */
export interface NamedRecords {
  connectionId: string | null;
  contactIds?: readonly (string | null)[];
  dealIds?: readonly string[];
}

/** An id means something within its account only. */
export interface Names {
  contact: (connectionId: string | null, id: string) => string;
  deal: (connectionId: string | null, id: string) => string;
}

/** The server names so many at once. */
const atOnce = 100;
const key = 'record-names';

export function useRecordNames(rows: readonly NamedRecords[]): Names {
  const client = useQueryClient();
  const questions = questionsOf(rows);
  useQueries({
    queries: questions.map(({ connectionId, ...asked }) => ({
      queryKey: [key, connectionId, asked],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        api.get<RecordNames>(`/v1/connections/${encodeURIComponent(connectionId)}/record-names`, asked, signal),
      staleTime: 5 * 60_000,
    })),
  });
  // Whatever was heard before counts: a new row must not turn the names of the others into ids for a moment.
  const heard = new Map<string, string>();
  for (const connectionId of new Set(questions.map((question) => question.connectionId))) {
    for (const [, reply] of client.getQueriesData<RecordNames>({ queryKey: [key, connectionId] })) {
      for (const { id, name } of reply?.contacts ?? []) heard.set(`${connectionId} contact ${id}`, name);
      for (const { id, name } of reply?.deals ?? []) heard.set(`${connectionId} deal ${id}`, name);
    }
  }
  return {
    contact: (connectionId, id) => heard.get(`${connectionId} contact ${id}`) ?? `Contact ${id}`,
    deal: (connectionId, id) => heard.get(`${connectionId} deal ${id}`) ?? `Deal ${id}`,
  };
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
