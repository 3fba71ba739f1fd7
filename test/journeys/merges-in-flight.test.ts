// Contacts are merged while their clicks are on the way: in the end every click stands once on the survivor's timeline.
// MERGES=1000 plays more merges than the 25 of everyday.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeRandom } from '../../bench/chaos/random.ts';
import { testPortalId } from '../helpers/start-test-world.ts';
import { startWebhookWorld, type WebhookWorld } from '../helpers/webhook-world.ts';

const merges = Number(process.env['MERGES'] ?? 25);
const seed = Number(process.env['SEED'] ?? 1);
const coupleSize = 2;
const atOnce = 5;
/** So many merges are played before everything is waited for: the news of a thousand would be a test of patience. */
const perPortion = 50;
const longestPauseMs = 60;
const counter = 'elido_recent_link_clicks';

interface Couple {
  /** Of the two contacts. */
  ids: string[];
  clicks: string[];
  survivor: string;
}

describe('merges in the middle of a delivery', () => {
  let world: WebhookWorld;
  const random = makeRandom(seed);
  beforeAll(async () => {
    world = await startWebhookWorld({
      env: { HUBSPOT_CALLS_PER_10S: '10000' },
      portal: { limits: { perTenSeconds: 100_000 } },
    });
  });
  afterAll(() => world.close());

  /** Three bursts of clicks on both, one of them from ids that are gone by then; the merge falls anywhere, and its news too. */
  async function play(n: number): Promise<Couple> {
    const ids = Array.from({ length: coupleSize }, (_, who) => {
      const email = `m${n}-${who}@example.com`;
      return world.act({ do: 'create', objectType: 'contacts', properties: { email } });
    });
    const couple: Couple = { ids, clicks: [], survivor: '' };
    const clickSome = async (burst: number) => {
      const some = Array.from({ length: 1 + random.int(3) }, (_, nth) => ({
        click_id: `m-${n}-${burst}-${nth}`,
        eid: random.pick(ids),
      }));
      couple.clicks.push(...some.map(({ click_id: id }) => id));
      await world.click(some);
    };
    const merge = async () => {
      await sleep(random.int(longestPauseMs));
      const [primaryId = '', otherId = ''] = random.next() < 0.5 ? ids : ids.toReversed();
      couple.survivor = world.act({ do: 'merge', objectType: 'contacts', primaryId, otherId });
      await sleep(random.int(longestPauseMs));
      await world.sandbox.control.webhooks.flush();
    };
    await clickSome(1);
    await Promise.all([merge(), sleep(random.int(longestPauseMs)).then(() => clickSome(2))]);
    await clickSome(3);
    return couple;
  }

  it(
    `${merges} merges lose no click, double none, and leave the survivors' counters right`,
    async () => {
      const couples: Couple[] = [];
      for (let n = 0; n < merges; n += atOnce) {
        const some = Math.min(atOnce, merges - n);
        couples.push(...(await Promise.all(Array.from({ length: some }, (_, nth) => play(n + nth)))));
        if (couples.length % perPortion === 0) await world.told();
      }
      await world.told();
      const problems: string[] = [];
      for (const { ids, clicks, survivor } of couples) {
        const events = world.eventsOf('contacts', survivor);
        const counted = world.record('contacts', survivor)[counter];
        if (events.length !== clicks.length)
          problems.push(`${survivor} shows ${events.length} events of ${clicks.length} clicks`);
        if (new Set(events.map(({ id }) => id)).size !== events.length) problems.push(`${survivor} shows one twice`);
        if (counted !== String(clicks.length))
          problems.push(`${survivor} counts ${counted ?? 'nothing'} of ${clicks.length} clicks`);
        if (events.some(({ objectId }) => objectId !== survivor)) problems.push(`${ids.join()} kept events`);
        for (const id of clicks) {
          const { state, contactId } = await world.delivery(id);
          if (state !== 'delivered' || contactId !== survivor)
            problems.push(`${id} is ${state} for ${contactId ?? 'nobody'}, not for ${survivor}`);
        }
      }
      expect(problems).toEqual([]);
      const { events } = world.sandbox.control.events(testPortalId, { limit: 100_000 });
      expect(events).toHaveLength(couples.flatMap(({ clicks }) => clicks).length);
    },
    30_000 + merges * 3_000,
  );
});
