// Conversions as somebody reports them: each row is judged on its own, so that one bad row costs only itself.
import { conversionRowSchema, type ConversionRow } from '../contract/conversion.ts';
import { firstProblem } from '../contract/problem.ts';
import { conversionIdOf } from '../domain/conversion-id.ts';
import type { Conversion } from '../domain/conversion.ts';
import type { Click } from '../domain/click.ts';
import { eventTimeProblem } from '../domain/event-time.ts';
import { cleanUtm } from '../domain/utm.ts';
import type { ErrorCode } from '../errors.ts';
import { digestOf } from '../lib/ids.ts';
import type { Context } from './context.ts';
import { findClicks } from './find-clicks.ts';
import { storeEvents, type StoredAs } from './store-events.ts';

export interface ConversionReceipt {
  index: number;
  conversion_id: string | null;
  status: 'accepted' | 'duplicate' | 'rejected';
  error?: { code: ErrorCode; message: string; field?: string };
}

export interface ConversionsToRecord {
  workspaceId: string;
  /** As they came over the wire; checked here. */
  rows: readonly unknown[];
  via: 'api' | 'browser';
}

/** One receipt per row, in order. Throws only when the store does not answer: then none of the rows was accepted. */
export async function recordConversions(
  context: Context,
  { workspaceId, rows, via }: ConversionsToRecord,
): Promise<ConversionReceipt[]> {
  const parsed = rows.map((row) => conversionRowSchema.safeParse(row));
  const clickIds = new Set(parsed.flatMap(({ data }) => data?.click_id ?? []));
  const clicks = await findClicks(context, { workspaceId, clickIds: [...clickIds] });
  const judged = parsed.map((result, index): Judged => {
    if (!result.success) return refuse(index, 'invalid_request', firstProblem(result.error));
    return judgeRow({ context, workspaceId, via, index, row: result.data, clicks });
  });
  const good = judged.filter((row) => 'conversion' in row);
  const stored = await storeEvents(
    context,
    good.map(({ conversion }) => ({ kind: 'conversion', conversion })),
  );
  context.metrics.conversionsReceived.inc({ via }, stored.filter((as) => as === 'new').length);
  const outcomes = new Map(good.map(({ index }, position) => [index, stored[position] ?? 'new']));
  return judged.map((row) => ('conversion' in row ? receiptFor(row, outcomes.get(row.index) ?? 'new') : row));
}

type Judged = { index: number; conversion: Conversion } | ConversionReceipt;

interface RowToJudge {
  context: Context;
  workspaceId: string;
  via: 'api' | 'browser';
  index: number;
  row: ConversionRow;
  clicks: ReadonlyMap<string, Click>;
}

function judgeRow({ context, workspaceId, via, index, row, clicks }: RowToJudge): Judged {
  const { event: _, ...content } = row;
  const clickId = row.click_id ?? null;
  const told = { workspaceId, via, conversionId: row.conversion_id, clickId, name: row.name };
  const conversionId = conversionIdOf(told) ?? context.newId('conversion');
  const now = context.now();
  const at = row.occurred_at ?? now;
  const timeProblem = eventTimeProblem({ at, now, maxAgeDays: context.config.clickMaxAgeDays });
  if (timeProblem) {
    return refuse(index, 'invalid_request', { field: 'occurred_at', message: timeProblem }, row.conversion_id);
  }
  const click = clickId === null ? undefined : clicks.get(clickId);
  const conversion: Conversion = {
    conversionId,
    workspaceId,
    digest: digestOf(JSON.stringify(content)).slice(0, 32),
    name: row.name,
    value: row.value ?? null,
    currency: row.currency ?? '',
    utm: { ...click?.utm, ...cleanUtm(row.utm ?? {}) },
    clickId,
    link: click ? linkOf(click) : null,
    email: row.email?.toLowerCase() ?? null,
    hsContactId: row.hs_contact_id ?? null,
    at,
    receivedAt: now,
  };
  return { index, conversion };
}

function linkOf({ link: { slug, title, shortUrl } }: Click): Conversion['link'] {
  return { slug, title, shortUrl };
}

function refuse(
  index: number,
  code: ErrorCode,
  { field, message }: { field: string; message: string },
  conversionId?: string,
): ConversionReceipt {
  return {
    index,
    conversion_id: conversionId ?? null,
    status: 'rejected',
    error: { code, message, ...(field ? { field } : {}) },
  };
}

function receiptFor(
  { index, conversion: { conversionId } }: { index: number; conversion: Conversion },
  stored: StoredAs,
): ConversionReceipt {
  if (stored === 'conflict') {
    const message =
      'An event of this id with other content was accepted before. Use a new conversion_id for a new conversion.';
    return refuse(index, 'conflict', { field: 'conversion_id', message }, conversionId);
  }
  return { index, conversion_id: conversionId, status: stored === 'new' ? 'accepted' : 'duplicate' };
}
