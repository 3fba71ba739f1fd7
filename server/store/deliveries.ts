// Deliveries: one document per (event, connection), unique by its id, so that a resend is the same delivery.
// Every change of state is guarded by the states it may come from.
import type mongoose from 'mongoose';
import { openStates, statesBefore, type Delivery, type DeliveryState, type Send } from '../domain/delivery.ts';
import type { StoredVerdict } from '../domain/human-verdict/stored.ts';
import type { ReasonCode } from '../domain/reasons.ts';
import { groupBy } from '../lib/chunk.ts';
import { duplicatesIn } from './duplicates.ts';
import { makeClickHistory } from './click-history.ts';
import { makeClickReading } from './click-reading.ts';
import { makeDeliveryCounts } from './delivery-counts.ts';
import { makeDeliveryLog } from './delivery-log.ts';
import { fencedBy, fromDocument, makeDeliveryModel, toDocument, type DeliveryDocument } from './delivery-model.ts';

/** What is written down about a delivery before the first call that changes HubSpot. */
export interface DeliveryPlan {
  id: string;
  contactId: string;
  dealIds: string[];
  sends: Send[];
  /** Whether it counts in `elido_recent_link_clicks`. */
  counted: boolean;
  verdict: StoredVerdict | null;
}

/** Where a delivery goes, and why. `sends` only when they changed. */
export interface Settlement {
  id: string;
  state: DeliveryState;
  reason: ReasonCode | null;
  detail: string | null;
  attempts: number;
  dueAt: Date | null;
  matchKeys?: string[];
  sends?: Send[];
  verdict?: StoredVerdict;
}

export type Deliveries = ReturnType<typeof makeDeliveries>;

export function makeDeliveries(connection: mongoose.Connection) {
  const model = makeDeliveryModel(connection);
  const raw = model.collection;
  const open = { $in: [...openStates] };

  return {
    ...makeClickHistory(model),
    ...makeClickReading(model),
    ...makeDeliveryLog(model),
    ...makeDeliveryCounts(model),

    /** Inserts what is new and returns the ids that were there before. */
    async insertNew(deliveries: readonly Delivery[]): Promise<string[]> {
      if (deliveries.length === 0) return [];
      const documents = deliveries.map(toDocument);
      try {
        await raw.insertMany(documents as never[], { ordered: false });
        return [];
      } catch (error) {
        return duplicatesIn(error).map((index) => documents[index]?._id ?? '');
      }
    },

    async findMany(ids: readonly string[]): Promise<Delivery[]> {
      const found = await model.find({ _id: { $in: [...ids] } }).lean();
      return found.map(fromDocument);
    },

    /** The deliveries of one event to every connection. Ids are `{event}@{connection}` and events have no `@`. */
    async listOfEvent({ workspaceId, eventId }: { workspaceId: string; eventId: string }): Promise<Delivery[]> {
      const found = await model.find({ _id: { $gte: `${eventId}@`, $lt: `${eventId}A` }, workspaceId }).lean();
      return found.map(fromDocument);
    },

    /** Digests by delivery id (which names the workspace's own connection): tell a resend from another event of the same name. */
    async digestsOf(ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const found = await model.find({ _id: { $in: [...ids] } }, { digest: 1 }).lean();
      return new Map(found.map((delivery) => [delivery._id, delivery.digest]));
    },

    /** Oldest due first. Only the holder of the portal's lease may call this. */
    async takeDue({ portalId, now, limit }: { portalId: number; now: number; limit: number }): Promise<Delivery[]> {
      const found = await model
        .find({ portalId, dueAt: { $lte: new Date(now) } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean();
      return found.map(fromDocument);
    },

    async nextDueAt(portalId: number): Promise<number | null> {
      const next = await model
        .findOne({ portalId, dueAt: { $exists: true } }, { dueAt: 1 })
        .sort({ dueAt: 1 })
        .lean();
      return next?.dueAt?.getTime() ?? null;
    },

    /** Those of the portals that have deliveries due since `before`. */
    async overdueAmong({ portalIds, before }: { portalIds: readonly number[]; before: number }): Promise<number[]> {
      if (portalIds.length === 0) return [];
      const rows = await model.aggregate<{ _id: number }>([
        { $match: { portalId: { $in: [...portalIds] }, dueAt: { $lte: new Date(before) } } },
        { $group: { _id: '$portalId' } },
      ]);
      return rows.map(({ _id }) => _id);
    },

    /** False when a later holder of the lease has written one of them down: then nothing may be sent any more. */
    async recordPlans(plans: readonly DeliveryPlan[], fence: number): Promise<boolean> {
      if (plans.length === 0) return true;
      const { matchedCount } = await model.bulkWrite(
        plans.map(({ id, contactId, dealIds, sends, counted, verdict }) => ({
          updateOne: {
            filter: { _id: id, state: open, ...fencedBy(fence) },
            update: { $set: { contactId, dealIds, sends, counted, verdict, fence } },
          },
        })),
        { ordered: false },
      );
      if (matchedCount === plans.length) return true;
      return (await model.findOne({ _id: { $in: plans.map(({ id }) => id) }, fence: { $gt: fence } })) === null;
    },

    /**
     * Moves deliveries on; those that go the same way for the same reason share one update. `fence`: of the lease it is done under.
     * False when one of them was not where it may come from any more: somebody else had moved it.
     */
    async settle({ settlements, now, fence }: Settling): Promise<boolean> {
      if (settlements.length === 0) return true;
      const alike = groupBy(settlements, ({ id: _id, ...rest }) => JSON.stringify(rest));
      const { matchedCount } = await model.bulkWrite(
        [...alike.values()].map((group) => {
          const first = group[0] as Settlement;
          return {
            updateMany: {
              filter: {
                _id: { $in: group.map(({ id }) => id) },
                state: { $in: statesBefore(first.state) },
                ...fencedBy(fence),
              },
              update: settlementUpdate(first, now),
            },
          };
        }),
        { ordered: false },
      );
      return matchedCount === settlements.length;
    },

    /** Of clicks that were closed as a machine's: the verdict is forgotten, and they are due now. */
    async judgeAnew({ ids, now }: { ids: readonly string[]; now: number }): Promise<void> {
      await model.updateMany(
        { _id: { $in: [...ids] }, state: 'skipped', reason: 'machine_click' },
        { $set: { state: 'queued', reason: null, detail: null, verdict: null, dueAt: new Date(now) } },
      );
    },

    /** Holds what is due for a portal that nobody may write to; returns how many. */
    async block({ portalId, now, until, limit }: Block): Promise<number> {
      const due = await model
        .find({ portalId, dueAt: { $lte: new Date(now) } }, { _id: 1 })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean();
      if (due.length === 0) return 0;
      await model.updateMany(
        { _id: { $in: due.map(({ _id }) => _id) }, state: open },
        {
          $set: { state: 'blocked_auth', reason: 'hubspot_token_revoked', detail: null, dueAt: new Date(until) },
        },
      );
      return due.length;
    },

    /** Makes waiting or blocked deliveries due now; returns how many. */
    async release({ filter, now }: { filter: ReleaseFilter; now: number }): Promise<number> {
      const { modifiedCount } = await model.updateMany(releaseQuery(filter), {
        $set: { state: 'queued', reason: null, detail: null, dueAt: new Date(now) },
      });
      return modifiedCount;
    },

    /** The portals among the workspace's deliveries that wait for one of these keys. */
    async portalsWaitingFor({
      workspaceId,
      matchKeys,
    }: {
      workspaceId: string;
      matchKeys: string[];
    }): Promise<number[]> {
      const portals = await model.distinct('portalId', {
        workspaceId,
        matchKeys: { $in: matchKeys },
        state: 'waiting_contact',
      });
      return portals.filter((portalId) => typeof portalId === 'number');
    },

    /** After a merge in HubSpot: the clicks of one contact become those of the survivor. */
    async repointContact({ portalId, from, to }: { portalId: number; from: string; to: string }): Promise<void> {
      await model.updateMany({ portalId, contactId: from, counted: true }, { $set: { contactId: to } });
    },
  };
}

interface Settling {
  settlements: readonly Settlement[];
  now: number;
  fence?: number;
}

interface Block {
  portalId: number;
  now: number;
  until: number;
  limit: number;
}

export type ReleaseFilter =
  | { portalId: number; state: 'blocked_auth' }
  | { portalId: number; connectionId: string; state: 'held'; reason: 'connection_paused' }
  | { workspaceId: string; matchKeys: string[]; state: 'waiting_contact' };

function releaseQuery(filter: ReleaseFilter): mongoose.QueryFilter<DeliveryDocument> {
  if ('matchKeys' in filter) return { ...filter, matchKeys: { $in: filter.matchKeys } };
  return { ...filter, dueAt: { $exists: true } };
}

function settlementUpdate({ id: _id, dueAt, ...facts }: Settlement, now: number) {
  const $set = { ...facts, deliveredAt: facts.state === 'delivered' ? new Date(now) : null };
  return dueAt ? { $set: { ...$set, dueAt } } : { $set, $unset: { dueAt: 1 as const } };
}
