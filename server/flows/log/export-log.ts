// The delivery log from end to end, page by page: the reader sets the pace, and no more than a page is held in memory.
import type { Delivery } from '../../domain/delivery.ts';
import type { LogFilter, LogPosition } from '../../domain/log-filter.ts';
import type { Context } from '../context.ts';
import { readLog } from './read-log.ts';

const pageSize = 500;

export interface ExportRequest {
  workspaceId: string;
  filter: LogFilter;
  maxRows: number;
}

/** Returns whether that was all there is. */
export async function* exportLog(
  context: Context,
  { workspaceId, filter, maxRows }: ExportRequest,
): AsyncGenerator<Delivery[], { complete: boolean }> {
  let after: LogPosition | null = null;
  let left = maxRows;
  for (;;) {
    const page = await readLog(context, { workspaceId, filter, after, limit: Math.min(pageSize, left) });
    if (page.deliveries.length > 0) yield page.deliveries;
    left -= page.deliveries.length;
    if (page.next === null) return { complete: true };
    if (left <= 0) return { complete: false };
    after = page.next;
  }
}
