// Clicks as cards read them: newest first, of one contact, one deal or whole connections of a portal, never more than asked for.
// Every question names the portal's own connections: what another account, or a disconnected workspace, sent is not there.
import type mongoose from 'mongoose';
import type { ClickGist, ReadClick } from '../domain/card/read-click.ts';
import type { Click } from '../domain/click.ts';
import type { Conversion } from '../domain/conversion.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import type { ReasonCode } from '../domain/reasons.ts';
import type { DeliveryDocument, DeliveryModel } from './delivery-model.ts';

type Query = mongoose.QueryFilter<DeliveryDocument>;

export interface ReadConversion {
  eventId: string;
  at: number;
  conversion: Conversion;
  state: DeliveryState;
  reason: ReasonCode | null;
}

/** Whose clicks: of a contact, a deal (and there perhaps of one contact), or everything of the connections. */
export interface ClickScope {
  portalId: number;
  connectionIds: readonly string[];
  contactId?: string | undefined;
  dealId?: string | undefined;
  linkSlug?: string | undefined;
}

export interface ClickSpan extends ClickScope {
  from: number;
  /** The last moment that belongs to the span. */
  to: number;
  skip?: number;
  limit: number;
}

const shown = {
  eventId: 1,
  connectionId: 1,
  occurredAt: 1,
  contactId: 1,
  dealIds: 1,
  state: 1,
  reason: 1,
  'verdict.verdict': 1,
  'click.link.slug': 1,
  'click.link.title': 1,
  'click.link.shortUrl': 1,
  'click.country': 1,
  'click.device': 1,
} as const;

const gist = {
  _id: 0,
  occurredAt: 1,
  contactId: 1,
  dealIds: 1,
  'click.link.slug': 1,
  'click.link.title': 1,
  'click.link.shortUrl': 1,
} as const;
type GistDocument = Pick<DeliveryDocument, 'occurredAt' | 'contactId' | 'dealIds'> & {
  click: Pick<ClickGist, 'link'>;
};

export function makeClickReading(model: DeliveryModel) {
  return {
    /** Counted clicks, newest first. */
    async clicksOf({ from, to, skip = 0, limit, ...scope }: ClickSpan): Promise<ReadClick[]> {
      const found = await model
        .find({ ...countedQuery(scope), occurredAt: spanOf(from, to) } as Query, shown)
        .sort({ occurredAt: -1 })
        .hint(indexOf(scope))
        .skip(skip)
        .limit(limit)
        .lean<DeliveryDocument[]>();
      return found.map(toReadClick);
    },

    /** The same with no more than is needed to add them up. */
    async newestClicks({ from, to, limit, ...scope }: ClickSpan): Promise<ClickGist[]> {
      const found = await model
        .find({ ...countedQuery(scope), occurredAt: spanOf(from, to) } as Query, gist)
        .sort({ occurredAt: -1 })
        .hint(indexOf(scope))
        .limit(limit)
        .lean<GistDocument[]>();
      return found.map(({ occurredAt, contactId, dealIds, click }) => {
        return { at: occurredAt.getTime(), contactId, dealIds, link: click.link };
      });
    },

    /** How many counted clicks there are in the span; no further than `limit`. */
    countClicks: ({ from, to, limit, ...scope }: ClickSpan): Promise<number> =>
      model.countDocuments({ ...countedQuery(scope), occurredAt: spanOf(from, to) } as Query, {
        limit,
        hint: indexOf(scope),
      }),

    /** When the first counted click of a connection was; null when there is none. */
    async oldestCounted(connectionId: string): Promise<number | null> {
      const first = await model
        .findOne({ connectionId, counted: true } as Query, { occurredAt: 1 })
        .sort({ occurredAt: 1 })
        .hint('counted_by_connection')
        .lean<Pick<DeliveryDocument, 'occurredAt'>>();
      return first?.occurredAt.getTime() ?? null;
    },

    /** Clicks that name one of these (`whoOf`) and were taken for a machine's, or the others that are not on the timeline. */
    async clicksNaming({ workspaceIds, connectionIds, who, from, to, which, skip = 0, limit }: ClicksNaming) {
      if (who.length === 0) return [];
      const found = await model
        .find(
          {
            workspaceId: { $in: [...workspaceIds] },
            who: { $in: [...who] },
            occurredAt: spanOf(from, to),
            kind: 'click',
            connectionId: { $in: [...connectionIds] },
            ...(which === 'machine'
              ? { reason: 'machine_click' }
              : { reason: { $ne: 'machine_click' }, state: { $ne: 'delivered' } }),
          } as Query,
          shown,
        )
        .sort({ occurredAt: -1 })
        .skip(skip)
        .limit(limit)
        .lean<DeliveryDocument[]>();
      return found.map(toReadClick);
    },

    /** How many clicks of the connections were taken for a machine's, by arrival; no further than `limit`. */
    async countMachines({ workspaceIds, connectionIds, from, to, limit }: MachinesOf): Promise<number> {
      const found = await model
        .find(
          {
            workspaceId: { $in: [...workspaceIds] },
            reason: 'machine_click',
            receivedAt: spanOf(from, to),
            connectionId: { $in: [...connectionIds] },
          } as Query,
          { _id: 1 },
        )
        .hint('log_by_reason')
        .limit(limit)
        .lean();
      return found.length;
    },

    async conversionsOf({ portalId, connectionIds, contactId, limit }: ConversionsOf): Promise<ReadConversion[]> {
      const found = await model
        .find({
          portalId,
          contactId,
          kind: 'conversion',
          connectionId: { $in: [...connectionIds] },
        } as Query)
        .sort({ occurredAt: -1 })
        .limit(limit)
        .lean<DeliveryDocument[]>();
      return found.flatMap((one) =>
        one.kind === 'conversion'
          ? {
              eventId: one.eventId,
              at: one.occurredAt.getTime(),
              conversion: one.conversion,
              state: one.state,
              reason: one.reason,
            }
          : [],
      );
    },
  };
}

function countedQuery({ portalId, connectionIds, contactId, dealId, linkSlug }: ClickScope) {
  const own = { connectionId: { $in: [...connectionIds] }, counted: true };
  return {
    ...own,
    ...(dealId === undefined && contactId === undefined ? {} : { portalId }),
    ...(dealId === undefined ? {} : { dealIds: dealId }),
    ...(contactId === undefined ? {} : { contactId }),
    ...(linkSlug === undefined ? {} : { 'click.link.slug': linkSlug }),
  };
}

function indexOf({ contactId, dealId }: ClickScope): string {
  if (dealId !== undefined) return 'counted_by_deal';
  return contactId === undefined ? 'counted_by_connection' : 'counted_by_contact';
}

function spanOf(from: number, to: number) {
  return { $gte: new Date(from), $lte: new Date(to) };
}

function toReadClick(delivery: DeliveryDocument): ReadClick {
  const { eventId, connectionId, occurredAt, contactId, dealIds, verdict, state, reason } = delivery;
  const { link, country, device } = (delivery as unknown as { click: Pick<Click, 'link' | 'country' | 'device'> })
    .click;
  return {
    eventId,
    connectionId: connectionId ?? '',
    at: occurredAt.getTime(),
    contactId,
    dealIds,
    link: { slug: link.slug, title: link.title, shortUrl: link.shortUrl },
    country,
    device,
    verdict: verdict?.verdict ?? null,
    state,
    reason,
  };
}

export interface ClicksNaming {
  workspaceIds: readonly string[];
  connectionIds: readonly string[];
  who: readonly string[];
  from: number;
  to: number;
  which: 'machine' | 'missing';
  skip?: number;
  limit: number;
}

interface MachinesOf {
  workspaceIds: readonly string[];
  connectionIds: readonly string[];
  from: number;
  to: number;
  limit: number;
}

interface ConversionsOf {
  portalId: number;
  connectionIds: readonly string[];
  contactId: string;
  limit: number;
}
