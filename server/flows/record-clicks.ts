// Clicks that somebody else saw: each row is judged on its own, so that one bad row costs only itself.
import { clickRowSchema, type ClickRow } from '../contract/click.ts';
import { firstProblem } from '../contract/problem.ts';
import type { Click } from '../domain/click.ts';
import { eventTimeProblem } from '../domain/event-time.ts';
import { networkOf } from '../domain/human-verdict/network.ts';
import { shortUrlOf } from '../domain/short-url.ts';
import { cleanUtm } from '../domain/utm.ts';
import type { ErrorCode } from '../errors.ts';
import { digestOf } from '../lib/ids.ts';
import type { Link } from '../store/links.ts';
import type { Context } from './context.ts';
import { storeEvents, type StoredAs } from './store-events.ts';

export interface ClickReceipt {
  index: number;
  click_id: string | null;
  status: 'accepted' | 'duplicate' | 'rejected';
  error?: { code: ErrorCode; message: string; field?: string };
}

export interface ClicksToRecord {
  workspaceId: string;
  /** As they came over the wire; checked here. */
  rows: readonly unknown[];
  via: 'api' | 'topic';
}

/** One receipt per row, in order. Throws only when the store does not answer: then none of the rows was accepted. */
export async function recordClicks(
  context: Context,
  { workspaceId, rows, via }: ClicksToRecord,
): Promise<ClickReceipt[]> {
  const parsed = rows.map((row) => clickRowSchema.safeParse(row));
  const links = await findLinks(
    context,
    workspaceId,
    parsed.flatMap(({ data }) => data ?? []),
  );
  const judged = parsed.map((result, index): Judged => {
    if (!result.success) return refuse(index, 'invalid_request', firstProblem(result.error));
    return judgeRow({ context, workspaceId, via, index, row: result.data, links });
  });
  const good = judged.filter((row) => 'click' in row);
  const stored = await storeEvents(
    context,
    good.map(({ click }) => ({ kind: 'click', click })),
  );
  context.metrics.clicksReceived.inc({ via }, stored.filter((as) => as === 'new').length);
  const outcomes = new Map(good.map(({ index }, position) => [index, stored[position] ?? 'new']));
  return judged.map((row) => ('click' in row ? receiptFor(row, outcomes.get(row.index) ?? 'new') : row));
}

type Judged = { index: number; click: Click } | ClickReceipt;

interface RowToJudge {
  context: Context;
  workspaceId: string;
  via: 'api' | 'topic';
  index: number;
  row: ClickRow;
  links: ReadonlyMap<string, Link>;
}

function judgeRow({ context, workspaceId, via, index, row, links }: RowToJudge): Judged {
  const clickId = row.click_id ?? context.newId('click');
  const link = links.get(row.slug ?? row.link_id ?? '');
  const field = row.slug === undefined ? 'link_id' : 'slug';
  if (!link) return refuse(index, 'not_found', { field, message: 'This workspace has no such link.' }, row.click_id);
  const now = context.now();
  const at = row.occurred_at ?? now;
  const timeProblem = eventTimeProblem({ at, now, maxAgeDays: context.config.clickMaxAgeDays });
  if (timeProblem)
    return refuse(index, 'invalid_request', { field: 'occurred_at', message: timeProblem }, row.click_id);
  const click: Click = {
    clickId,
    workspaceId,
    digest: digestOf(link._id, JSON.stringify(row)).slice(0, 32),
    link: clickedLink(context, link),
    at,
    receivedAt: now,
    via,
    method: 'GET',
    eid: row.eid ?? null,
    eidInvalid: false,
    gclid: row.gclid ?? null,
    fbclid: row.fbclid ?? null,
    utm: cleanUtm({ ...link.utm, ...row.utm }),
    country: row.country ?? '',
    device: row.device ?? '',
    referrer: row.referrer ?? '',
    userAgent: row.user_agent ?? '',
    headers: null,
    network: row.ip === undefined ? null : networkOf(row.ip),
  };
  return { index, click };
}

function clickedLink({ config }: Context, { _id, slug, title, destination, tags }: Link): Click['link'] {
  return { id: _id, slug, title, destination, tags, shortUrl: shortUrlOf(config.publicUrl, slug) };
}

/** By slug and by id. Links of other workspaces are not there. */
async function findLinks(context: Context, workspaceId: string, rows: ClickRow[]): Promise<Map<string, Link>> {
  const links = new Map<string, Link>();
  const slugs = new Set<string>();
  for (const slug of new Set(rows.flatMap((row) => row.slug ?? []))) {
    const cached = context.caches.links.get(slug);
    if (cached?.fresh && cached.value?.workspaceId === workspaceId) links.set(slug, cached.value);
    else slugs.add(slug);
  }
  const ids = [...new Set(rows.flatMap((row) => row.link_id ?? []))];
  if (slugs.size === 0 && ids.length === 0) return links;
  for (const link of await context.store.links.findMany({ workspaceId, slugs: [...slugs], ids })) {
    links.set(link.slug, link).set(link._id, link);
    context.caches.links.set(link.slug, link);
  }
  return links;
}

function refuse(
  index: number,
  code: ErrorCode,
  { field, message }: { field: string; message: string },
  clickId?: string,
): ClickReceipt {
  return {
    index,
    click_id: clickId ?? null,
    status: 'rejected',
    error: { code, message, ...(field ? { field } : {}) },
  };
}

function receiptFor({ index, click }: { index: number; click: Click }, stored: StoredAs): ClickReceipt {
  if (stored === 'conflict') {
    const message = 'A click of this id with other content was accepted before. Use a new click_id for a new click.';
    return refuse(index, 'conflict', { field: 'click_id', message }, click.clickId);
  }
  return { index, click_id: click.clickId, status: stored === 'new' ? 'accepted' : 'duplicate' };
}
