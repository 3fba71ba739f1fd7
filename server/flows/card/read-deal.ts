// The deal card: who clicked, how often, what it does to the deal, and what a rule did already. From our own store alone.
import type { z } from 'zod';
import type { CardReadingQuery } from '../../contract/card.ts';
import type { cardDealSchema } from '../../contract/card-reading.ts';
import { logUrl } from '../../domain/console-url.ts';
import type { Context } from '../context.ts';
import { connectionReply, openCardPortal, type CardPortal } from './card-portal.ts';
import { dealNow, type DealNow } from './deal-stage.ts';
import { countMachines, readMachines, whoOfContacts } from './machine-clicks.ts';
import { moveReply } from './move-reply.ts';
import {
  linkCounts,
  namesFor,
  pageReply,
  pageSize,
  nowReply,
  periodReply,
  personCounts,
  readActivity,
  readPage,
} from './read-activity.ts';
import { readRuleProgress } from './read-rule-progress.ts';

export type DealReply = z.infer<typeof cardDealSchema>;

export interface AskedDeal {
  portalId: number;
  dealId: string;
  query: CardReadingQuery;
}

export async function readDeal(context: Context, { portalId, dealId, query }: AskedDeal): Promise<DealReply> {
  const { store } = context;
  const card = await openCardPortal(context, portalId);
  const scope = { portalId, connectionIds: card.connectionIds, dealId };
  const [activity, deals, changes, allMoves, rules] = await Promise.all([
    readActivity(context, { scope, query }),
    store.seenRecords.deals({ portalId, dealIds: [dealId] }),
    store.dealStages.listOfDeals({ portalId, dealIds: [dealId] }),
    store.ruleMoves.listOfDeals({ portalId, dealIds: [dealId] }),
    store.rules.listOfConnections(card.connectionIds),
  ]);
  const moves = allMoves.filter(({ connectionId }) => card.connectionIds.includes(connectionId));
  const deal = dealNow(deals.get(dealId), { changes, moves });
  const contactIds = activity.contacts.map(({ key }) => key);
  const { period } = activity;
  const who = await whoOfContacts(context, card, query.contact === undefined ? contactIds : [query.contact]);
  const filtered = { ...scope, contactId: query.contact, linkSlug: query.link };
  const lastMove = moves.toSorted((a, b) => b.plannedAt.getTime() - a.plannedAt.getTime())[0];
  const [machine, recent, progress] = await Promise.all([
    countMachines(context, card, { who, period }),
    readPage({
      cursor: query.cursor,
      to: period.to,
      read: (edge) =>
        query.verdict === 'machine'
          ? readMachines(context, card, { who, period, ...edge })
          : store.deliveries.clicksOf({ ...filtered, from: period.beforeFrom, ...edge, limit: pageSize }),
    }),
    readRuleProgress(context, card, { deal: deal.facts, contactIds, rules, moves }),
  ]);
  const shown = [...recent.clicks.map(({ contactId }) => contactId), ...contactIds, lastMove?.contactId ?? ''];
  const names = await namesFor(context, card, shown);
  return {
    connection: connectionReply(card),
    now: nowReply(context.now()),
    period: periodReply(period),
    clicks: activity.counts,
    machine,
    trend: activity.trend,
    links: linkCounts(activity.links),
    contacts: personCounts(activity.contacts, names),
    deal: dealReply(dealId, deal, card),
    recent: pageReply(recent, names),
    top_links: linkCounts(activity.topLinks),
    rules: progress(names),
    last_move: lastMove
      ? moveReply(lastMove, {
          card,
          names,
          rules: new Map(rules.map((rule) => [rule._id, rule])),
          deal: { name: deal.facts?.name ?? null, stage: deal.facts?.stage ?? null },
        })
      : null,
    log_url: logUrl(context.config.publicUrl, {
      portal_id: String(portalId),
      contact_id: query.contact,
      link: query.link,
    }),
  };
}

function dealReply(id: string, { facts, seenAt }: DealNow, card: CardPortal): DealReply['deal'] {
  return {
    id,
    name: facts?.name ?? null,
    stage: facts ? card.stageOf(facts.pipeline, facts.stage) : null,
    amount: facts?.amount ?? null,
    seen_at: seenAt?.toISOString() ?? null,
  };
}
