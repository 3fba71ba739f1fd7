// What the run left behind, seen from HubSpot: every accepted click on its timelines, none twice, counters right, budget kept.
import mongoose from 'mongoose';
import { judgeProperties } from '../verify/properties.ts';
import { judgeTimelines, type Findings, type SentClick } from '../verify/timelines.ts';
import type { SentByClient } from './send-clicks.ts';
import { callsPerTenSeconds, type Town } from './town.ts';

export interface Checked {
  accepted: number;
  lost: Findings['lost'];
  doubled: Findings['doubled'];
  /** Counters and UTM values that do not fit the timelines. */
  wrong: string[];
  /** Portals that saw more calls in ten seconds than HubSpot allows. */
  overBudget: { portalId: number; calls: number }[];
  busiest: number;
  calls: number;
  events: number;
}

export async function checkTown(town: Town, sent: readonly SentByClient[]): Promise<Checked> {
  const { sandbox, households } = town;
  const visits = await clickIdsOfVisits(town);
  const { loads, total } = await sandbox.counts();
  const checked: Checked = {
    accepted: sent.filter(({ accepted }) => accepted).length,
    lost: [],
    doubled: [],
    wrong: [],
    overBudget: loads
      .filter(({ maxCallsInTenSeconds }) => maxCallsInTenSeconds > callsPerTenSeconds)
      .map(({ portalId, maxCallsInTenSeconds }) => ({ portalId, calls: maxCallsInTenSeconds })),
    busiest: Math.max(0, ...loads.map(({ maxCallsInTenSeconds }) => maxCallsInTenSeconds)),
    calls: total,
    events: 0,
  };
  for (const { portalId } of households) {
    const { events, objects } = await sandbox.dump(portalId);
    const clicks = sent.filter((click) => click.portalId === portalId);
    const findings = judgeTimelines(
      clicks.flatMap((click) => asClicks(click, visits)),
      events,
    );
    const records = { contacts: objects['contacts']?.records ?? [], deals: objects['deals']?.records ?? [] };
    checked.lost.push(...findings.lost);
    checked.doubled.push(...findings.doubled);
    checked.wrong.push(...judgeProperties(records, events).map((problem) => `portal ${portalId}: ${problem}`));
    checked.events += events.length;
  }
  return checked;
}

/** A visit that was stored under two ids is doubled: the second one is then a click that nobody sent. */
function asClicks(
  { reference, visit, contactId, openDeals, accepted }: SentByClient,
  visits: ReadonlyMap<string, string>,
): SentClick[] {
  const clickId = visit ? visits.get(reference) : reference;
  if (clickId !== undefined) return [{ clickId, contactId, openDeals, accepted }];
  return accepted ? [{ clickId: `(never stored) ${reference}`, contactId, openDeals, accepted }] : [];
}

/** The server makes the ids of visits. Which visit it was stands in the `gclid`. */
async function clickIdsOfVisits({ storeUri }: Town): Promise<Map<string, string>> {
  const client = new mongoose.mongo.MongoClient(storeUri);
  try {
    const stored = await client
      .db()
      .collection<{ eventId: string; click: { gclid: string | null } }>('deliveries')
      .find({ 'click.via': 'redirect' }, { projection: { eventId: 1, 'click.gclid': 1 } })
      .toArray();
    return new Map(stored.map(({ eventId, click }) => [click.gclid ?? '', eventId]));
  } finally {
    await client.close();
  }
}
