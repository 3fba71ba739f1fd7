// What a chaos run says at the end: a table for people, the evidence when something is wrong, one line of JSON for scripts.
import type { Table } from '../benchmark.ts';
import type { Checked } from './check.ts';
import type { Town } from './town.ts';

export interface Story {
  kills: ReadonlyMap<string, number>;
  seconds: number;
  resends: number;
  gaveUp: number;
  /** Processes that ended without being killed. */
  ownEnds: number;
  seed: number;
  settled: boolean;
}

export function tableOf({ kills, seconds, resends, gaveUp, ownEnds, seed }: Story, checked: Checked): Table {
  const { accepted, lost, doubled, wrong, overBudget, busiest, calls, events } = checked;
  return {
    title: `Chaos, seed ${seed}`,
    columns: ['what', 'count'],
    rows: [
      ...[...kills].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, times]) => [`kills of ${name}`, times]),
      ['ended without being killed', ownEnds],
      ['clicks accepted', accepted],
      ['requests sent again', resends],
      ['visitors who gave up', gaveUp],
      ['events on timelines', events],
      ['calls to HubSpot', calls],
      ['most calls of a portal in 10 s', busiest],
      ['lost', lost.length],
      ['doubled', doubled.length],
      ['portals over budget', overBudget.length],
      ['wrong counters or UTM values', wrong.length],
      ['seconds', Math.round(seconds)],
    ],
  };
}

const mostShown = 20;

/** What is wrong, with the state of the deliveries it concerns. */
export async function evidenceOf({ store, households }: Town, { lost, doubled, wrong, overBudget }: Checked) {
  const stateOf = async (clickId: string): Promise<string> => {
    for (const { workspaceId } of households) {
      for (const { state, reason, detail, attempts, dueAt, sends, contactId } of await store.deliveries.listOfEvent({
        workspaceId,
        eventId: clickId,
      })) {
        return JSON.stringify({ state, reason, detail, attempts, dueAt, contactId, sends });
      }
    }
    return 'not in the store';
  };
  const lines: string[] = [];
  for (const { clickId, missing } of lost.slice(0, mostShown)) {
    lines.push(`LOST ${clickId} on ${missing.join(', ')}: ${await stateOf(clickId)}`);
  }
  for (const { clickId, record, times } of doubled.slice(0, mostShown)) {
    lines.push(`DOUBLED ${clickId} on ${record}, ${times} times: ${await stateOf(clickId)}`);
  }
  for (const { portalId, calls } of overBudget) lines.push(`OVER BUDGET portal ${portalId}: ${calls} calls in 10 s`);
  for (const problem of wrong.slice(0, mostShown)) lines.push(`WRONG ${problem}`);
  return lines;
}
