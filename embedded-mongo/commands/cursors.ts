/** Open cursors: lists of documents handed out in batches. The documents never change, so a cursor is a snapshot. */
import { Long } from 'bson';
import { ServerError } from '../errors.ts';
import { approximateSize } from '../values/codec.ts';
import type { Doc } from '../values/document.ts';
import { maxDocumentBytes } from './context.ts';

type Cursor = { namespace: string; docs: readonly Doc[]; next: number; lastUsed: number };
export type Cursors = ReturnType<typeof makeCursors>;

const firstBatchSize = 101;
const idleMs = 10 * 60_000;

function takeBatch(cursor: Cursor, size: number): Doc[] {
  const batch: Doc[] = [];
  let bytes = 0;
  while (batch.length < size) {
    const doc = cursor.docs[cursor.next];
    if (!doc) break;
    bytes += approximateSize(doc);
    if (bytes > maxDocumentBytes && batch.length) break;
    batch.push(doc);
    cursor.next += 1;
  }
  return batch;
}

export function makeCursors(now: () => Date) {
  const open = new Map<string, Cursor>();
  let lastId = 0n;

  return {
    /** The reply to a query: its first batch, and a cursor when there is more. */
    start: ({ namespace, docs, batchSize = firstBatchSize, single = false }: Start): Doc => {
      const cursor: Cursor = { namespace, docs, next: 0, lastUsed: now().getTime() };
      const firstBatch = takeBatch(cursor, batchSize);
      if (single || cursor.next >= docs.length) return { cursor: { firstBatch, id: Long.ZERO, ns: namespace } };
      const id = Long.fromBigInt((lastId += 1n));
      open.set(id.toString(), cursor);
      return { cursor: { firstBatch, id, ns: namespace } };
    },
    more: (id: string, batchSize: number): Doc => {
      const cursor = open.get(id);
      if (!cursor) throw new ServerError(43, `cursor id ${id} not found`);
      cursor.lastUsed = now().getTime();
      const nextBatch = takeBatch(cursor, batchSize || Number.POSITIVE_INFINITY);
      const done = cursor.next >= cursor.docs.length;
      if (done) open.delete(id);
      return { cursor: { nextBatch, id: done ? Long.ZERO : Long.fromString(id), ns: cursor.namespace } };
    },
    kill: (id: string): boolean => open.delete(id),
    /** Forgets cursors nobody has asked for in ten minutes. */
    dropIdle: (): void => {
      const oldest = now().getTime() - idleMs;
      for (const [id, cursor] of open) if (cursor.lastUsed < oldest) open.delete(id);
    },
    count: (): number => open.size,
  };
}

type Start = { namespace: string; docs: readonly Doc[]; batchSize?: number | undefined; single?: boolean };
