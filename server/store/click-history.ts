// What the clicks of the past say: counts for the counters, the deals they were written to, and the clicks around a click.
import type { Click } from '../domain/click.ts';
import type { DeliveryFacts } from '../domain/delivery.ts';
import type { RuleClick } from '../domain/rules/rule-click.ts';
import type { DeliveryModel } from './delivery-model.ts';

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
          { connectionId: 1, contactId: 1, eventId: 1, occurredAt: 1, verdict: 1, 'click.link': 1 },
        )
        .sort(newest === undefined ? {} : { occurredAt: -1 })
        .limit(newest ?? 0)
        .lean();
      return found.map(toRuleClick);
    },

    /** Clicks said to be by one of these that were closed as a machine's, for the list of what a rule left out; at most `limit`. */
    async machineClicks({ connectionId, workspaceId, who, since, limit }: MachineClicksOf): Promise<RuleClick[]> {
      const query = { workspaceId, who: { $in: who }, occurredAt: { $gte: new Date(since) } };
      const closed = { kind: 'click', connectionId, state: 'skipped', reason: 'machine_click' } as const;
      const found = await model
        .find({ ...query, ...closed }, { connectionId: 1, eventId: 1, occurredAt: 1, verdict: 1, 'click.link': 1 })
        .limit(limit)
        .lean();
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
          { contactId: 1, dealIds: 1, eventId: 1, occurredAt: 1, verdict: 1, connectionId: 1, 'click.link': 1 },
        )
        .sort({ occurredAt: -1 })
        .limit(limit)
        .lean();
      return found.map((delivery) => ({
        ...toRuleClick(delivery),
        contactId: delivery.contactId,
        dealIds: delivery.dealIds,
      }));
    },

    async countByContact({ portalId, contactIds, since }: CountOf<'contactIds'>): Promise<Map<string, RecentClicks>> {
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

/** From a document read without the rest of its click. */
function toRuleClick(
  delivery: Pick<DeliveryFacts, 'eventId' | 'occurredAt' | 'verdict' | 'connectionId'> & { contactId?: string | null },
): ConnectionClick {
  const { link } = (delivery as unknown as { click: Pick<Click, 'link'> }).click;
  const click: RuleClick = {
    clickId: delivery.eventId,
    at: delivery.occurredAt.getTime(),
    verdict: delivery.verdict?.verdict ?? 'human',
    contactId: delivery.contactId ?? null,
    link,
  };
  return { connectionId: delivery.connectionId ?? '', click };
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
