// What the clicks of the past say: counts for the counters, the deals they were written to, and the clicks around a click.
import type { Click } from '../domain/click.ts';
import type { DeliveryFacts } from '../domain/delivery.ts';
import type { StoredVerdict } from '../domain/human-verdict/stored.ts';
import type { RuleClick } from '../domain/rules/rule-click.ts';
import type { DeliveryModel } from './delivery-model.ts';

/** What rules look at. */
const ruleClickFields = {
  connectionId: 1,
  contactId: 1,
  eventId: 1,
  occurredAt: 1,
  'verdict.verdict': 1,
  'click.link.id': 1,
  'click.link.slug': 1,
  'click.link.shortUrl': 1,
  'click.link.tags': 1,
} as const;

export function makeClickHistory(model: DeliveryModel) {
  return {
    /** Clicks of the workspace said to be by one of these, in a span of time; at most `limit`. */
    async clicksAround({ workspaceId, who, from, to, limit }: ClicksAround): Promise<Click[]> {
      const found = await model
        .find(
          { kind: 'click', workspaceId, who: { $in: who }, occurredAt: { $gte: new Date(from), $lte: new Date(to) } },
          { click: 1 },
        )
        .limit(limit)
        .lean();
      return found.map((delivery) => (delivery as unknown as { click: Click }).click);
    },

    /** The counted clicks of these contacts that came through these connections, with what rules look at. */
    async ruleClicks({ portalId, connectionIds, contactIds, since, newest }: RuleClicksOf): Promise<ConnectionClick[]> {
      const found = await model
        .find(
          {
            kind: 'click',
            portalId,
            contactId: { $in: contactIds },
            counted: true,
            occurredAt: { $gte: new Date(since) },
            connectionId: { $in: connectionIds },
          },
          ruleClickFields,
        )
        .sort(newest === undefined ? {} : { occurredAt: -1 })
        .limit(newest ?? 0)
        .lean<RuleClickDocument[]>();
      return found.map(toRuleClick);
    },

    /** How many counted clicks of these contacts came through these connections on each link, as the link was then. */
    async countByLink({ portalId, connectionIds, contactIds, since }: RuleClicksOf): Promise<LinkClicks[]> {
      const rows = await model.aggregate<{ _id: Omit<LinkClicks, 'clicks'>; clicks: number }>([
        {
          $match: {
            portalId,
            contactId: { $in: contactIds },
            counted: true,
            occurredAt: { $gte: new Date(since) },
            connectionId: { $in: connectionIds },
          },
        },
        {
          $group: {
            _id: {
              connectionId: '$connectionId',
              contactId: '$contactId',
              link: {
                id: '$click.link.id',
                slug: '$click.link.slug',
                shortUrl: '$click.link.shortUrl',
                tags: '$click.link.tags',
              },
            },
            clicks: { $sum: 1 },
          },
        },
      ]);
      return rows.map(({ _id, clicks }) => ({ ..._id, clicks }));
    },

    /** Clicks said to be by one of these that were closed as a machine's, for the list of what a rule left out; at most `limit`. */
    async machineClicks({ connectionId, workspaceId, who, since, limit }: MachineClicksOf): Promise<RuleClick[]> {
      const query = { workspaceId, who: { $in: who }, occurredAt: { $gte: new Date(since) } };
      const closed = { kind: 'click', connectionId, state: 'skipped', reason: 'machine_click' } as const;
      const found = await model
        .find({ ...query, ...closed }, ruleClickFields)
        .limit(limit)
        .lean<RuleClickDocument[]>();
      return found.map((delivery) => toRuleClick(delivery).click);
    },

    /** The newest counted clicks of one connection with the deals they were written to. */
    async clicksOfConnection({ connection, since, limit }: ClicksOfConnection): Promise<WrittenClick[]> {
      const found = await model
        .find(
          {
            connectionId: connection._id,
            counted: true,
            occurredAt: { $gte: new Date(since) },
          },
          { ...ruleClickFields, dealIds: 1 },
        )
        .sort({ occurredAt: -1 })
        .limit(limit)
        .lean<(RuleClickDocument & Pick<DeliveryFacts, 'dealIds'>)[]>();
      return found.map((delivery) => ({
        ...toRuleClick(delivery),
        contactId: delivery.contactId,
        dealIds: delivery.dealIds,
      }));
    },

    async countByContact({ portalId, contactIds, since }: CountOf<'contactIds'>): Promise<Map<string, RecentClicks>> {
      if (contactIds.length === 0) return new Map();
      const rows = await model.aggregate<{ _id: string; clicks: number; oldest: Date }>([
        { $match: { portalId, contactId: { $in: contactIds }, counted: true, occurredAt: { $gte: new Date(since) } } },
        { $group: { _id: '$contactId', clicks: { $sum: 1 }, oldest: { $min: '$occurredAt' } } },
      ]);
      return new Map(rows.map(({ _id, clicks, oldest }) => [_id, { clicks, oldestAt: oldest.getTime() }]));
    },

    /** The deals that clicks of these contacts were written to since then. */
    dealsOf: ({ portalId, contactIds, since }: CountOf<'contactIds'>): Promise<string[]> =>
      model.distinct('dealIds', {
        portalId,
        contactId: { $in: contactIds },
        counted: true,
        occurredAt: { $gte: new Date(since) },
      }),

    async countByDeal({ portalId, dealIds, since }: CountOf<'dealIds'>): Promise<Map<string, number>> {
      if (dealIds.length === 0) return new Map();
      const rows = await model.aggregate<{ _id: string; clicks: number }>([
        { $match: { portalId, dealIds: { $in: dealIds }, counted: true, occurredAt: { $gte: new Date(since) } } },
        { $unwind: '$dealIds' },
        { $match: { dealIds: { $in: dealIds } } },
        { $group: { _id: '$dealIds', clicks: { $sum: 1 } } },
      ]);
      return new Map(rows.map((row) => [row._id, row.clicks]));
    },
  };
}

/** A document read with `ruleClickFields`. */
interface RuleClickDocument extends Pick<DeliveryFacts, 'eventId' | 'occurredAt' | 'connectionId' | 'contactId'> {
  verdict?: Pick<StoredVerdict, 'verdict'> | null;
  click: Pick<RuleClick, 'link'>;
}

function toRuleClick({ eventId, occurredAt, connectionId, contactId, verdict, click }: RuleClickDocument) {
  const at = occurredAt.getTime();
  const ruleClick: RuleClick = {
    clickId: eventId,
    at,
    verdict: verdict?.verdict ?? 'human',
    contactId,
    link: click.link,
  };
  return { connectionId: connectionId ?? '', click: ruleClick };
}

export interface ClicksOfConnection {
  connection: { _id: string; portalId: number };
  since: number;
  limit: number;
}

export interface WrittenClick extends ConnectionClick {
  contactId: string | null;
  dealIds: string[];
}

export interface RuleClicksOf {
  portalId: number;
  connectionIds: string[];
  contactIds: string[];
  since: number;
  /** Only so many, the newest. */
  newest?: number;
}

export interface LinkClicks {
  connectionId: string;
  contactId: string;
  link: RuleClick['link'];
  clicks: number;
}

export interface MachineClicksOf {
  connectionId: string;
  workspaceId: string;
  who: string[];
  since: number;
  limit: number;
}

export interface ConnectionClick {
  connectionId: string;
  click: RuleClick;
}

export interface ClicksAround {
  workspaceId: string;
  who: string[];
  from: number;
  to: number;
  limit: number;
}

export interface RecentClicks {
  clicks: number;
  oldestAt: number;
}

type CountOf<Ids extends string> = { portalId: number; since: number } & Record<Ids, string[]>;
