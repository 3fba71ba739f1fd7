// Webhook events as they came in: stored before HubSpot is answered, unique by what they say, gone after 30 days.
// Once worked on, a receipt keeps what kind it was and when, but no longer whom it was about.
import mongoose from 'mongoose';
import { receiptIdOf, type WebhookEvent } from '../domain/webhook-event.ts';
import { unlessDuplicate } from './duplicates.ts';

export type ReceiptState = 'open' | 'done' | 'ignored';

export interface WebhookReceipt extends WebhookEvent {
  _id: string;
  state: ReceiptState;
  /** Why it was ignored. */
  reason: string | null;
  receivedAt: Date;
  attempts: number;
  /** Absent once nothing is left to do. */
  dueAt?: Date;
}

const keepSeconds = 30 * 24 * 3600;
const forgotten = { objectId: null, value: null, mergedIds: [], newId: null };

const receiptSchema = new mongoose.Schema<WebhookReceipt>(
  {
    _id: { type: String, required: true },
    portalId: { type: Number, required: true },
    appId: Number,
    type: { type: String, required: true },
    objectId: String,
    occurredAt: Number,
    property: String,
    value: String,
    mergedIds: [String],
    newId: String,
    source: String,
    state: { type: String, required: true },
    reason: String,
    receivedAt: Date,
    attempts: Number,
    dueAt: Date,
  },
  { versionKey: false },
);
const withWork = { partialFilterExpression: { dueAt: { $exists: true } } };
receiptSchema.index({ dueAt: 1 }, { name: 'due', ...withWork });
receiptSchema.index({ portalId: 1, dueAt: 1 }, { name: 'due_of_portal', ...withWork });
receiptSchema.index({ portalId: 1, receivedAt: 1 }, { name: 'newest_of_portal' });
receiptSchema.index({ receivedAt: 1 }, { name: 'expiry', expireAfterSeconds: keepSeconds });

export interface EventToKeep {
  event: WebhookEvent;
  /** Null: to be worked on. */
  ignoredFor: string | null;
}

export type WebhookReceipts = ReturnType<typeof makeWebhookReceipts>;

export function makeWebhookReceipts(connection: mongoose.Connection) {
  const model = connection.model('WebhookReceipt', receiptSchema, 'webhook_receipts');

  return {
    /** Stores what is new in one go; returns how many that were. */
    async insertNew({ events, now }: { events: readonly EventToKeep[]; now: number }): Promise<number> {
      const receipts = new Map(events.map((event) => toReceipt(event, now)).map((one) => [one._id, one]));
      if (receipts.size === 0) return 0;
      const documents = [...receipts.values()];
      return unlessDuplicate(model.collection.insertMany(documents as never[], { ordered: false }), documents.length);
    },

    /** Portals with receipts to work on, in no order; at most `limit` of the oldest receipts are looked at. */
    async portalsWithWork({ now, limit }: { now: number; limit: number }): Promise<number[]> {
      const due = await model
        .find({ dueAt: { $lte: new Date(now) } }, { portalId: 1 })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean();
      return [...new Set(due.map(({ portalId }) => portalId))];
    },

    /** Longest due first. Only the holder of the portal's lease may call this. */
    takeDue: ({ portalId, now, limit }: { portalId: number; now: number; limit: number }): Promise<WebhookReceipt[]> =>
      model
        .find({ portalId, dueAt: { $lte: new Date(now) } })
        .sort({ dueAt: 1 })
        .limit(limit)
        .lean<WebhookReceipt[]>(),

    /** When the last one of the portal came; null when none is kept. */
    async newestAt(portalId: number): Promise<number | null> {
      const newest = await model.findOne({ portalId }, { receivedAt: 1 }).sort({ receivedAt: -1 }).lean();
      return newest?.receivedAt.getTime() ?? null;
    },

    async finish(ids: readonly string[]): Promise<void> {
      const $set = { ...forgotten, state: 'done' as const };
      await model.updateMany({ _id: { $in: [...ids] } }, { $set, $unset: { dueAt: 1 } });
    },

    async ignorePortals({ portalIds, reason }: { portalIds: readonly number[]; reason: string }): Promise<void> {
      const $set = { ...forgotten, state: 'ignored' as const, reason };
      await model.updateMany(
        { portalId: { $in: [...portalIds] }, dueAt: { $exists: true } },
        { $set, $unset: { dueAt: 1 } },
      );
    },

    async postpone({ ids, dueAt }: { ids: readonly string[]; dueAt: number }): Promise<void> {
      await model.updateMany({ _id: { $in: [...ids] } }, { $set: { dueAt: new Date(dueAt) }, $inc: { attempts: 1 } });
    },
  };
}

function toReceipt({ event, ignoredFor }: EventToKeep, now: number): WebhookReceipt {
  // Of all values only the stage of a deal is needed later; an address must not lie about. The id is made from the whole event.
  const value = event.property === 'dealstage' ? event.value : null;
  const common = { _id: receiptIdOf(event), reason: ignoredFor, receivedAt: new Date(now), attempts: 0 };
  const receipt = { ...event, ...common, value };
  if (ignoredFor !== null) return { ...receipt, ...forgotten, state: 'ignored' };
  return { ...receipt, state: 'open', dueAt: new Date(now) };
}
