// The delivery log: deliveries from the newest arrival to the oldest. Every question names the index it is answered from,
// and what no index knows is looked for among a bounded number of entries (`logFloor`).
import type mongoose from 'mongoose';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { LogFilter, LogPosition, TimeSpan } from '../domain/log-filter.ts';
import type { ReasonCode } from '../domain/reasons.ts';
import { fromDocument, type DeliveryDocument, type DeliveryModel } from './delivery-model.ts';

type Query = mongoose.QueryFilter<DeliveryDocument>;

const newestFirst = { receivedAt: -1, _id: -1 } as const;
const finalStates: DeliveryState[] = ['delivered', 'skipped', 'dead'];
/** The states that always have a reason, and so are in the index of the states. */
const statesWithReason: readonly DeliveryState[] = [
  'held',
  'waiting_contact',
  'blocked_auth',
  'retrying',
  'skipped',
  'dead',
];

export function makeDeliveryLog(model: DeliveryModel) {
  const find = (query: Query, hint: string, limit: number) =>
    model.find(query).sort(newestFirst).hint(hint).limit(limit).lean<DeliveryDocument[]>();
  const arrivalAfter = async (query: Query, hint: string, entries: number): Promise<number | null> => {
    const sorted = model.find(query, { receivedAt: 1 }).sort(newestFirst).hint(hint);
    const [edge] = await sorted.skip(entries).limit(1).lean<{ receivedAt: Date }[]>();
    return edge?.receivedAt.getTime() ?? null;
  };

  return {
    /** A page after `before`, not reaching below `floor`. */
    async logPage({ workspaceId, filter, before, floor, limit }: LogPage): Promise<Delivery[]> {
      const { hint, known, rest } = planOf(filter);
      const query = { workspaceId, ...known, ...rest };
      const ties = before?.id
        ? await find({ ...query, receivedAt: new Date(before.at), _id: { $lt: before.id } }, hint, limit)
        : [];
      if (ties.length >= limit) return ties.map(fromDocument);
      const receivedAt = spanOf(filter, { before, floor });
      const older = await find({ ...query, ...receivedAt }, hint, limit - ties.length);
      return [...ties, ...older].map(fromDocument);
    },

    /**
     * Where the next `entries` of the index end, counted from `before`; null when the log ends first, or when the index
     * answers the filter alone and nothing needs to be looked for.
     */
    async logFloor({ workspaceId, filter, before, entries }: LogWindow): Promise<number | null> {
      const { hint, known, rest } = planOf(filter);
      if (Object.keys(rest).length === 0) return null;
      return arrivalAfter({ workspaceId, ...known, ...spanOf(filter, { before, floor: null }) }, hint, entries);
    },

    /** How many there are by state and reason, among the first `entries` of the index; `more` when it goes on behind them. */
    async countLog({ workspaceId, filter, entries }: Omit<LogWindow, 'before'>): Promise<LogCounts> {
      const { hint, known, rest } = planOf(filter);
      const query = { workspaceId, ...known, ...spanOf(filter, { before: null, floor: null }) };
      const rows = await model
        .aggregate<{ _id: Omit<LogCount, 'deliveries'>; deliveries: number }>([
          { $match: query },
          { $sort: newestFirst },
          { $limit: entries },
          { $match: rest },
          {
            $group: {
              _id: { state: '$state', reason: '$reason', connected: { $ne: ['$portalId', null] } },
              deliveries: { $sum: 1 },
            },
          },
        ])
        .hint(hint);
      const counts = rows.map(({ _id, deliveries }) => ({ ..._id, deliveries }));
      return { counts, more: (await arrivalAfter(query, hint, entries)) !== null };
    },

    /** What was skipped or died, of these: due now, with its plan and what was sent. Returns the portals it wakes. */
    async requeue({ workspaceId, ids, now }: Requeue): Promise<{ portalIds: number[]; requeued: number }> {
      const query = { _id: { $in: [...ids] }, workspaceId, state: { $in: ['skipped', 'dead'] }, portalId: { $gt: 0 } };
      const portalIds = await model.distinct('portalId', query as Query);
      const { modifiedCount } = await model.updateMany(query as Query, {
        $set: { state: 'queued', reason: null, detail: null, attempts: 0, dueAt: new Date(now) },
      });
      return { portalIds: portalIds.filter((portalId) => typeof portalId === 'number'), requeued: modifiedCount };
    },

    /** How many deliveries of a portal wait in each open state, among the `limit` that are due first. */
    async queueOf({ portalId, limit }: { portalId: number; limit: number }): Promise<QueueDepth[]> {
      const rows = await model.aggregate<{ _id: DeliveryState; deliveries: number; oldest: Date }>([
        { $match: { portalId, dueAt: { $exists: true } } },
        { $sort: { dueAt: 1 } },
        { $limit: limit },
        { $group: { _id: '$state', deliveries: { $sum: 1 }, oldest: { $min: '$receivedAt' } } },
      ]);
      return rows.map(({ _id, deliveries, oldest }) => ({ state: _id, deliveries, oldestAt: oldest.getTime() }));
    },

    /** What is final and arrived before, among `limit` entries after `after`; `last` is the last of them. */
    async oldFinal({
      workspaceId,
      before,
      after,
      limit,
    }: OldOnes): Promise<{ old: OldDelivery[]; last: number | null }> {
      const receivedAt = { $lt: new Date(before), ...(after === null ? {} : { $gte: new Date(after) }) };
      const looked = await model
        .find({ workspaceId, receivedAt }, { state: 1, receivedAt: 1, occurredAt: 1, connectionId: 1, counted: 1 })
        .sort({ receivedAt: 1, _id: 1 })
        .hint('log')
        .limit(limit)
        .lean<(OldDelivery & Pick<DeliveryDocument, 'state' | 'receivedAt'>)[]>();
      const last = looked.length === limit ? (looked.at(-1)?.receivedAt.getTime() ?? null) : null;
      return { old: looked.filter(({ state }) => finalStates.includes(state)), last };
    },

    /** A replay may have come in between: the state is asked again. */
    async forgetFinal({ workspaceId, ids }: { workspaceId: string; ids: readonly string[] }): Promise<number> {
      if (ids.length === 0) return 0;
      const { deletedCount } = await model.deleteMany({
        _id: { $in: [...ids] },
        workspaceId,
        state: { $in: finalStates },
      });
      return deletedCount;
    },
  };
}

export type OldDelivery = Pick<DeliveryDocument, '_id' | 'occurredAt' | 'connectionId' | 'counted'>;

interface LogPlan {
  hint: string;
  /** What the index answers. */
  known: Query;
  /** What has to be looked for among its entries. */
  rest: Query;
}

/** The index that leaves the least to look at, and what it does not know. */
function planOf({ contactId, linkSlug, reason, states, connectionId, kind, verdict, occurred }: LogFilter): LogPlan {
  const rest = {
    ...(connectionId === undefined ? {} : { connectionId }),
    ...(kind === undefined ? {} : { kind }),
    ...(verdict === undefined ? {} : { 'verdict.verdict': verdict }),
    ...(occurred === undefined ? {} : { occurredAt: rangeOf(occurred) }),
  };
  const byReason = reason === undefined ? {} : { reason };
  const [state, ...more] = states ?? [];
  const byState = state === undefined ? {} : { state: more.length > 0 ? { $in: [state, ...more] } : state };
  if (contactId !== undefined) {
    const byLink = linkSlug === undefined ? {} : { 'click.link.slug': linkSlug };
    return plan('log_by_contact', { contactId }, { ...rest, ...byReason, ...byState, ...byLink });
  }
  if (linkSlug !== undefined)
    return plan('log_by_link', { 'click.link.slug': linkSlug }, { ...rest, ...byReason, ...byState });
  if (reason !== undefined) return plan('log_by_reason', byReason, { ...rest, ...byState });
  if (state !== undefined && more.length === 0 && statesWithReason.includes(state))
    return plan('log_by_state', { state, reason: { $gt: '' } }, rest);
  return plan('log', {}, { ...rest, ...byState });
}

function plan(hint: string, known: object, rest: object): LogPlan {
  return { hint, known, rest };
}

/** What happened in a span arrived not long before it and not much later, so that the index can be asked. */
const aheadMs = 5 * 60_000;
const latestArrivalMs = 366 * 24 * 3600_000;

function spanOf({ received, occurred }: LogFilter, { before, floor }: Edges): Query {
  const from = [received?.from, occurred?.from === undefined ? undefined : occurred.from - aheadMs, floor];
  const to = [received?.to, occurred?.to === undefined ? undefined : occurred.to + latestArrivalMs, before?.at];
  const lowest = Math.max(...from.map((moment) => moment ?? Number.NEGATIVE_INFINITY));
  const highest = Math.min(...to.map((moment) => moment ?? Number.POSITIVE_INFINITY));
  const range = rangeOf({
    from: Number.isFinite(lowest) ? lowest : undefined,
    to: Number.isFinite(highest) ? highest : undefined,
  });
  return Object.keys(range).length > 0 ? { receivedAt: range } : {};
}

function rangeOf({ from, to }: TimeSpan) {
  return {
    ...(from === undefined ? {} : { $gte: new Date(from) }),
    ...(to === undefined ? {} : { $lt: new Date(to) }),
  };
}

interface Edges {
  before: LogPosition | null;
  /** Milliseconds since 1970; its whole millisecond belongs to the page. */
  floor: number | null;
}

export interface LogPage extends Edges {
  workspaceId: string;
  filter: LogFilter;
  limit: number;
}

export interface LogWindow {
  workspaceId: string;
  filter: LogFilter;
  before: LogPosition | null;
  entries: number;
}

export interface LogCount {
  state: DeliveryState;
  reason: ReasonCode | null;
  /** False: of a workspace that had no portal when the event came. */
  connected: boolean;
  deliveries: number;
}

export interface LogCounts {
  counts: LogCount[];
  more: boolean;
}

export interface Requeue {
  workspaceId: string;
  ids: readonly string[];
  now: number;
}

export interface QueueDepth {
  state: DeliveryState;
  deliveries: number;
  oldestAt: number;
}

export interface OldOnes {
  workspaceId: string;
  before: number;
  after: number | null;
  limit: number;
}
