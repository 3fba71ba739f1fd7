// Deliveries as seen from a HubSpot contact: what a webhook about the contact wakes, moves or erases.
// Only the holder of the portal's lease may change them here, except for making them due.
import type mongoose from 'mongoose';
import { openStates, statesBefore, type Delivery, type DeliveryState } from '../domain/delivery.ts';
import type { ReasonCode } from '../domain/reasons.ts';
import { groupBy } from '../lib/chunk.ts';

/** Everything a contact may be known by in the events of a portal. */
export interface PersonKeys {
  portalId: number;
  /** The workspaces joined to the portal. */
  workspaceIds: readonly string[];
  contactIds: readonly string[];
  /** What a click of any workspace may say about who clicked: HubSpot's ids as an eid, and click ids of advertisements. */
  who: readonly string[];
  /** Elido contact ids: the same id may be somebody else in another workspace. */
  whoIn: readonly { workspaceId: string; who: string }[];
  emails: readonly string[];
}

type Document = Record<string, unknown> & { _id: string; state: DeliveryState };

export type ContactDeliveries = ReturnType<typeof makeContactDeliveries>;

export function makeContactDeliveries(connection: mongoose.Connection) {
  const deliveries = connection.collection<Document>('deliveries');

  /** Each way of knowing the contact has an index of its own. */
  function queriesFor({ portalId, workspaceIds, contactIds, who, whoIn, emails }: PersonKeys) {
    const ids = { $in: [...contactIds] };
    const workspaceId = { $in: [...workspaceIds] };
    const byContact = [
      { workspaceId, contactId: ids, portalId },
      // Clicks from before the workspace had a portal may be theirs as well.
      { workspaceId, who: { $in: [...who] }, portalId: { $in: [portalId, null] } },
      { portalId, 'conversion.hsContactId': ids },
      ...[...groupBy(whoIn, (one) => one.workspaceId)].map(([workspace, named]) => ({
        workspaceId: workspace,
        who: { $in: named.map((one) => one.who) },
        portalId: { $in: [portalId, null] },
      })),
    ];
    return emails.length === 0 ? byContact : [...byContact, { portalId, 'conversion.email': { $in: [...emails] } }];
  }

  return {
    /** Makes those due that are looked up again and again until HubSpot knows the contact; returns how many. */
    async wakeAskedAgain({ portalId, now, withinMs }: { portalId: number; now: number; withinMs: number }) {
      const dueAt = { $gt: new Date(now), $lte: new Date(now + withinMs) };
      const { modifiedCount } = await deliveries.updateMany(
        { portalId, dueAt, state: 'waiting_contact' },
        { $set: { state: 'queued', reason: null, dueAt: new Date(now) } },
      );
      return modifiedCount;
    },

    /** Sends those on their way again that are in one of these states, for one of these reasons if any are named. */
    async requeue({ person, states, reasons, now }: RequeueOrder): Promise<number> {
      const $set = { state: 'queued' as const, reason: null, detail: null, dueAt: new Date(now) };
      const which = { state: { $in: [...states] }, ...(reasons ? { reason: { $in: [...reasons] } } : {}) };
      let changed = 0;
      for (const query of queriesFor(person)) {
        const { modifiedCount } = await deliveries.updateMany({ ...query, ...which }, { $set });
        changed += modifiedCount;
      }
      return changed;
    },

    /** After a merge: what belongs to one contact, delivered or not, belongs to the survivor. */
    async repoint({ portalId, workspaceIds, from, to }: Repointing): Promise<void> {
      const which = { workspaceId: { $in: [...workspaceIds] }, contactId: from, portalId };
      await deliveries.updateMany(which, { $set: { contactId: to } });
    },

    /** Deliveries about the contact, at most `limit`; empty once all of them are erased. */
    async listOf(person: PersonKeys, limit: number): Promise<Delivery[]> {
      const found = new Map<string, Delivery>();
      for (const query of queriesFor(person)) {
        const some = await deliveries.find(query).limit(limit).toArray();
        for (const one of some) found.set(one._id, one as unknown as Delivery);
      }
      return [...found.values()];
    },

    /**
     * Takes the person out of deliveries. What is left is a shell that still counts for its link, and that knows a resend.
     * Open ones are closed first: if we end in between, they are found again by what they still say.
     */
    async erase(ids: readonly string[], reason: ReasonCode): Promise<void> {
      const these = { _id: { $in: [...ids] } };
      await deliveries.updateMany(
        { ...these, state: { $in: statesBefore('skipped') } },
        { $set: { state: 'skipped', reason }, $unset: { dueAt: 1 } },
      );
      const common = { contactId: null, who: null, matchKeys: [], sends: [], detail: null };
      await deliveries.updateMany({ ...these, kind: 'click' }, { $set: { ...common, ...emptiedClick } });
      await deliveries.updateMany({ ...these, kind: 'conversion' }, { $set: { ...common, ...emptiedConversion } });
    },
  };
}

interface Repointing {
  portalId: number;
  workspaceIds: readonly string[];
  from: string;
  to: string;
}

interface RequeueOrder {
  person: PersonKeys;
  states: readonly DeliveryState[];
  reasons?: readonly ReasonCode[];
  now: number;
}

/** States in which HubSpot is asked about the contact without anybody's doing. */
export const movingStates = openStates.filter((state) => state !== 'blocked_auth' && state !== 'held');

const emptiedClick = {
  'click.eid': null,
  'click.gclid': null,
  'click.fbclid': null,
  'click.referrer': '',
  'click.userAgent': '',
  'click.country': '',
  'click.device': '',
  'click.headers': null,
  'click.network': null,
};

const emptiedConversion = { 'conversion.email': null, 'conversion.hsContactId': null };
