// What the console counts and watches among the deliveries: each answer looks at a bounded number of entries of one index,
// the newest first.
import type { DeliveryState } from '../domain/delivery.ts';
import type { DeliveryDocument, DeliveryModel } from './delivery-model.ts';

const newestFirst = { receivedAt: -1, _id: -1 } as const;

export function makeDeliveryCounts(model: DeliveryModel) {
  return {
    /** Clicks of a link since `from`, among its newest `limit` deliveries; one click is a delivery per connection. */
    async countLinkClicks({ workspaceId, slug, from, limit }: LinkClicks): Promise<{ clicks: number; more: boolean }> {
      const rows = await model
        .aggregate<{ _id: number; deliveries: number }>([
          { $match: { workspaceId, 'click.link.slug': slug, receivedAt: { $gte: new Date(from) } } },
          { $sort: newestFirst },
          { $limit: limit },
          { $group: { _id: '$audience', deliveries: { $sum: 1 } } },
        ])
        .hint('log_by_link');
      const clicks = rows.reduce((sum, { _id, deliveries }) => sum + deliveries / Math.max(1, _id), 0);
      const looked = rows.reduce((sum, { deliveries }) => sum + deliveries, 0);
      return { clicks: Math.round(clicks), more: looked === limit };
    },

    /** The hours of a span, counted from its newest entry on; `edge` is the hour in which counting stopped at the limit. */
    async countHours({ workspaceId, from, to, limit }: HourSpan): Promise<{ rows: HourRow[]; edge: number | null }> {
      const groups = await model
        .aggregate<{ _id: Omit<HourRow, 'deliveries' | 'hour'> & { hour: Date }; deliveries: number }>([
          { $match: { workspaceId, receivedAt: { $gte: new Date(from), $lt: new Date(to) } } },
          { $sort: newestFirst },
          { $limit: limit },
          {
            $group: {
              _id: {
                hour: { $dateTrunc: { date: '$receivedAt', unit: 'hour' } },
                kind: '$kind',
                state: '$state',
                verdict: '$verdict.verdict',
                audience: '$audience',
              },
              deliveries: { $sum: 1 },
            },
          },
        ])
        .hint('log');
      const rows = groups.map(({ _id, deliveries }) => ({ ..._id, hour: _id.hour.getTime(), deliveries }));
      const looked = rows.reduce((sum, { deliveries }) => sum + deliveries, 0);
      return { rows, edge: looked === limit ? Math.min(...rows.map(({ hour }) => hour)) : null };
    },

    /** The newest arrivals, each with a text that changes whenever the delivery moves. */
    async marksOfNewest({ workspaceId, limit }: { workspaceId: string; limit: number }): Promise<Mark[]> {
      const rows = await model
        .find({ workspaceId }, { state: 1, reason: 1, attempts: 1, verdict: 1, dueAt: 1, 'sends.done': 1 })
        .sort(newestFirst)
        .hint('log')
        .limit(limit)
        .lean<DeliveryDocument[]>();
      return rows.map(({ _id, state, reason, attempts, verdict, dueAt, sends }) => ({
        id: _id,
        mark: JSON.stringify([state, reason, attempts, verdict?.verdict, dueAt, sends.map(({ done }) => done)]),
      }));
    },
  };
}

export interface LinkClicks {
  workspaceId: string;
  slug: string;
  from: number;
  limit: number;
}

export interface HourSpan {
  workspaceId: string;
  from: number;
  to: number;
  limit: number;
}

export interface HourRow {
  hour: number;
  kind: 'click' | 'conversion';
  state: DeliveryState;
  verdict?: 'human' | 'machine' | 'unsure' | undefined;
  audience: number;
  deliveries: number;
}

export interface Mark {
  id: string;
  mark: string;
}
