// A deal with more clicks than are read while somebody waits: counted by the store, kept, and made anew behind the reader.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveredClick } from '../../bench/world/stored-click.ts';
import { cardDealSchema } from '../../server/contract/card-reading.ts';
import { exactClicks } from '../../server/flows/card/sum-up.ts';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';
import { until } from '../helpers/start-test-world.ts';

let world: CardWorld;
const clicks = exactClicks + 500;
const hourMs = 3_600_000;

beforeAll(async () => {
  world = await startCardWorld();
});
afterAll(() => world.close());

/** Of the deal 701, one an hour back from some hours ago. */
async function arrive(name: string, { count, hoursAgo }: { count: number; hoursAgo: number }): Promise<void> {
  const { store, now } = world.server.context;
  const { _id, portalId, workspaceId } = world.connection;
  await store.deliveries.insertNew(
    Array.from({ length: count }, (_, n) => {
      const at = now() - (hoursAgo + (n % 700)) * hourMs;
      const id = `${name}-${n}`;
      const click = { id, contactId: '501', at, workspaceId, connection: { _id, portalId }, slug: `link-${n % 3}` };
      return { ...deliveredClick(click), dealIds: ['701'] };
    }),
  );
}

const deal = (query = '') => world.asked(cardDealSchema, `/deals/701${query}`);
const total = async (query = '') => {
  const reply = await deal(query);
  return reply.clicks.now + reply.clicks.before;
};

describe('a busy deal', () => {
  it('is counted to the last click though its lists are made from the newest', async () => {
    await arrive('first', { count: clicks, hoursAgo: 2 });
    const { clicks: counted, trend, links } = await deal();
    expect(counted.now + counted.before).toBe(clicks);
    expect(counted.more).toBe(false);
    expect(trend.reduce((sum, day) => sum + day.clicks, 0)).toBe(counted.now);
    expect(links.map(({ link }) => link.slug).toSorted()).toEqual(['link-0', 'link-1', 'link-2']);
    expect(await total('?link=link-1')).toBe(clicks / 3);
  });

  it('shows a new click at once in the list, and in the count when it was made anew; nobody waits for that', async () => {
    expect(await total()).toBe(clicks);
    await arrive('new', { count: 1, hoursAgo: 1 });
    const soon = await deal();
    expect(soon.recent.clicks[0]?.id).toBe('new-0');
    expect(soon.clicks.now + soon.clicks.before).toBe(clicks);
    world.advance(61_000);
    expect(await total()).toBe(clicks);
    await until('the sum is made anew', async () => (await total()) === clicks + 1);
  });
});
