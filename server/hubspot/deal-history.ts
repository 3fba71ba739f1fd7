// The stages a deal has been in, from HubSpot's property history. Reads only.
import { z } from 'zod';
import { chunk } from '../lib/chunk.ts';
import { ask } from './ask.ts';
import type { PortalApi } from './portal.ts';
import { idSchema } from './records.ts';

export interface DealHistory {
  id: string;
  amount: number | null;
  /** Oldest first. */
  stages: { pipeline: string; stage: string; since: number }[];
}

/** HubSpot takes 50 records a call when it is asked for history. */
const historyLimit = 50;

const versionSchema = z.looseObject({ value: z.string(), timestamp: z.string() });
const replySchema = z.looseObject({
  results: z.array(
    z.looseObject({
      id: idSchema,
      properties: z.record(z.string(), z.string().nullable()).default({}),
      propertiesWithHistory: z.record(z.string(), z.array(versionSchema)).default({}),
    }),
  ),
});

/** By deal id; deals that no longer exist are absent. */
export async function readDealHistories(portal: PortalApi, ids: readonly string[]): Promise<Map<string, DealHistory>> {
  const histories = new Map<string, DealHistory>();
  for (const some of chunk(ids, historyLimit)) {
    const endpoint = portal.endpoint('objectsBatchRead', { objectType: 'deals' });
    const body = {
      properties: ['amount', 'pipeline'],
      propertiesWithHistory: ['dealstage'],
      inputs: some.map((id) => ({ id })),
    };
    const { results } = await ask(portal, { ...endpoint, body }, replySchema);
    for (const { id, properties, propertiesWithHistory } of results) {
      const versions = propertiesWithHistory['dealstage'] ?? [];
      histories.set(id, {
        id,
        amount: properties['amount'] ? Number(properties['amount']) : null,
        stages: versions
          .map(({ value, timestamp }) => {
            return { pipeline: properties['pipeline'] ?? '', stage: value, since: Date.parse(timestamp) };
          })
          .sort((a, b) => a.since - b.since),
      });
    }
  }
  return histories;
}
