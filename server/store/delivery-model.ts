// How a delivery is stored: its document, its indexes, and the way to and from the domain's own shape.
import mongoose from 'mongoose';
import type { Delivery, DeliveryFacts, Send } from '../domain/delivery.ts';
import type { TrackedEvent } from '../domain/event.ts';

/** As stored: `dueAt` is absent when nothing happens by itself, so that the due index holds open deliveries only. */
export type DeliveryDocument = Omit<DeliveryFacts, 'dueAt'> & {
  dueAt?: Date;
  /** The lease under which its plan was last written down: who held an earlier one changes nothing any more. */
  fence?: number;
} & TrackedEvent;

const sendSchema = new mongoose.Schema<Send>(
  { target: String, group: String, groupSize: Number, done: Boolean },
  { _id: false },
);

const deliverySchema = new mongoose.Schema<DeliveryDocument>(
  {
    _id: { type: String, required: true },
    kind: String,
    eventId: String,
    workspaceId: { type: String, required: true },
    connectionId: String,
    portalId: Number,
    audience: Number,
    digest: String,
    click: mongoose.Schema.Types.Mixed,
    conversion: mongoose.Schema.Types.Mixed,
    occurredAt: Date,
    receivedAt: Date,
    state: { type: String, required: true },
    reason: String,
    detail: String,
    attempts: Number,
    dueAt: Date,
    matchKeys: [String],
    contactId: String,
    dealIds: [String],
    verdict: mongoose.Schema.Types.Mixed,
    who: String,
    counted: Boolean,
    sends: [sendSchema],
    fence: Number,
    deliveredAt: Date,
  },
  { versionKey: false, minimize: false },
);
deliverySchema.index({ portalId: 1, dueAt: 1 }, { name: 'due', partialFilterExpression: { dueAt: { $exists: true } } });
deliverySchema.index(
  { workspaceId: 1, matchKeys: 1 },
  { name: 'waiting', partialFilterExpression: { state: 'waiting_contact' } },
);
deliverySchema.index(
  { workspaceId: 1, who: 1, occurredAt: 1 },
  { name: 'neighbours', partialFilterExpression: { who: { $gt: '' } } },
);
deliverySchema.index(
  { portalId: 1, contactId: 1, occurredAt: 1 },
  { name: 'counted_by_contact', partialFilterExpression: { counted: true } },
);
deliverySchema.index(
  { connectionId: 1, occurredAt: -1 },
  { name: 'counted_by_connection', partialFilterExpression: { counted: true } },
);
deliverySchema.index(
  { portalId: 1, dealIds: 1, occurredAt: 1 },
  { name: 'counted_by_deal', partialFilterExpression: { counted: true } },
);
deliverySchema.index(
  { portalId: 1, 'conversion.email': 1 },
  { name: 'by_email', partialFilterExpression: { 'conversion.email': { $gt: '' } } },
);
deliverySchema.index(
  { portalId: 1, 'conversion.hsContactId': 1 },
  { name: 'by_hs_contact_id', partialFilterExpression: { 'conversion.hsContactId': { $gt: '' } } },
);
deliverySchema.index(
  { portalId: 1, contactId: 1, occurredAt: -1 },
  { name: 'conversions_of_contact', partialFilterExpression: { kind: 'conversion' } },
);
// The delivery log, by the question. `$gt: ''` is how MongoDB recognises that equality with a text is covered.
deliverySchema.index({ workspaceId: 1, receivedAt: 1, _id: 1 }, { name: 'log' });
deliverySchema.index(
  { workspaceId: 1, state: 1, receivedAt: 1, _id: 1 },
  { name: 'log_by_state', partialFilterExpression: { reason: { $gt: '' } } },
);
deliverySchema.index(
  { workspaceId: 1, reason: 1, receivedAt: 1, _id: 1 },
  { name: 'log_by_reason', partialFilterExpression: { reason: { $gt: '' } } },
);
deliverySchema.index(
  { workspaceId: 1, contactId: 1, receivedAt: 1, _id: 1 },
  { name: 'log_by_contact', partialFilterExpression: { contactId: { $gt: '' } } },
);
deliverySchema.index(
  { workspaceId: 1, 'click.link.slug': 1, receivedAt: 1, _id: 1 },
  { name: 'log_by_link', partialFilterExpression: { 'click.link.slug': { $gt: '' } } },
);

export type DeliveryModel = mongoose.Model<DeliveryDocument>;

export function makeDeliveryModel(connection: mongoose.Connection): DeliveryModel {
  return connection.model<DeliveryDocument>('Delivery', deliverySchema, 'deliveries');
}

export function toDocument(delivery: Delivery): DeliveryDocument {
  if (delivery.dueAt) return delivery as DeliveryDocument;
  const { dueAt: _dueAt, ...rest } = delivery;
  return rest;
}

/** Not earlier than what stands there; `fence` left out: whatever stands there. */
export function fencedBy(fence: number | undefined) {
  return fence === undefined ? {} : { $or: [{ fence: { $exists: false } }, { fence: { $lte: fence } }] };
}

export function fromDocument({ dueAt, fence: _fence, ...rest }: DeliveryDocument): Delivery {
  return { ...rest, dueAt: dueAt ?? null };
}
