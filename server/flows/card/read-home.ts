// The home page inside HubSpot: the whole account at a glance, and what needs somebody.
import type { z } from 'zod';
import type { cardHomeSchema } from '../../contract/card-reading.ts';
import { consoleUrl } from '../../domain/console-url.ts';
import type { DeliveryState } from '../../domain/delivery.ts';
import type { QueueDepth } from '../../store/delivery-log.ts';
import type { Context } from '../context.ts';
import { connectionReply, openCardPortal, type CardPortal } from './card-portal.ts';
import { countAllMachines } from './machine-clicks.ts';
import { moveReply } from './move-reply.ts';
import { linkCounts, namesFor, nowReply, periodReply, personCounts, readActivity } from './read-activity.ts';
import { ruleReply } from './read-rule-progress.ts';

export type HomeReply = z.infer<typeof cardHomeSchema>;

const mostMoves = 10;
const mostDeals = 10;
export const queueLookedAt = 1_000;

export async function readHome(
  context: Context,
  { portalId, days }: { portalId: number; days: number },
): Promise<HomeReply> {
  const { store } = context;
  const card = await openCardPortal(context, portalId);
  const { connectionIds } = card;
  const [activity, rules, moves, queue] = await Promise.all([
    readActivity(context, { scope: { portalId, connectionIds }, query: { days } }),
    store.rules.listOfConnections(connectionIds),
    store.ruleMoves.newestOfConnections({ connectionIds, limit: mostMoves }),
    connectionIds.length > 0 ? store.deliveries.queueOf({ portalId, limit: queueLookedAt }) : [],
  ]);
  const busiest = activity.deals.slice(0, mostDeals);
  const dealIds = [...new Set([...busiest.map(({ key }) => key), ...moves.map(({ dealId }) => dealId)])];
  const [deals, machine, names] = await Promise.all([
    store.seenRecords.deals({ portalId, dealIds }),
    countAllMachines(context, card, activity.period),
    namesFor(context, card, [...activity.contacts.map(({ key }) => key), ...moves.map(({ contactId }) => contactId)]),
  ]);
  const byId = new Map(rules.map((rule) => [rule._id, rule]));
  return {
    connection: connectionReply(card),
    now: nowReply(context.now()),
    period: periodReply(activity.period),
    clicks: activity.counts,
    machine,
    trend: activity.trend,
    links: linkCounts(activity.links),
    contacts: personCounts(activity.contacts, names),
    deals: busiest.map(({ key, clicks, lastAt }) => {
      const deal = deals.get(key);
      const stage = deal ? card.stageOf(deal.pipeline, deal.stage) : null;
      return { deal: { id: key, name: deal?.name ?? null, stage }, clicks, last_at: new Date(lastAt).toISOString() };
    }),
    rules: rules.map((stored) => ({
      ...ruleReply(stored, card),
      enabled: stored.enabled,
      need: stored.rule.trigger.threshold,
    })),
    moves: moves.map((move) => {
      const deal = { name: deals.get(move.dealId)?.name ?? null, stage: null };
      return moveReply(move, { card, names, rules: byId, deal });
    }),
    queue: queueReply(queue),
    problems: problemsOf(card, queue),
    console_url: consoleUrl(context.config.publicUrl),
  };
}

const blockedStates: DeliveryState[] = ['blocked_auth'];

export function queueReply(queue: readonly QueueDepth[]): HomeReply['queue'] {
  const sum = (some: readonly QueueDepth[]) => some.reduce((total, { deliveries }) => total + deliveries, 0);
  const blocked = sum(queue.filter(({ state }) => blockedStates.includes(state)));
  const oldest = queue.length > 0 ? Math.min(...queue.map(({ oldestAt }) => oldestAt)) : null;
  return {
    waiting: sum(queue) - blocked,
    blocked,
    more: sum(queue) >= queueLookedAt,
    oldest_at: oldest === null ? null : new Date(oldest).toISOString(),
  };
}

/** The most urgent first. */
function problemsOf(card: CardPortal, queue: readonly QueueDepth[]): HomeReply['problems'] {
  const { state, portal, connections } = card;
  const { words, next_step: next, reason } = connectionReply(card);
  const problems: HomeReply['problems'] = [];
  if (state !== 'connected' && state !== 'paused') {
    const { blocked } = queueReply(queue);
    problems.push({ code: state, params: { reason: reason ?? '', blocked }, words, next: next ?? '' });
  }
  const failed = portal?.provisioning.steps.find((step) => step.state === 'failed');
  if (failed)
    problems.push({
      code: 'preparing_failed',
      params: { step: failed.name },
      words: failed.detail,
      next: 'It is tried again every minute.',
    });
  const paused = connections.filter((one) => one.state === 'paused').length;
  if (paused > 0)
    problems.push({
      code: 'paused',
      params: { connections: paused },
      words: 'The connection is paused: events wait.',
      next: 'Resume it on the settings page.',
    });
  return problems;
}
