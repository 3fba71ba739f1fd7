// `calls`: what 1,000 clicks cost in calls to HubSpot, beside the same clicks delivered one by one with the same client.
import { deliveryId, type Delivery } from '../../server/domain/delivery.ts';
import type { Benchmark, Measured, Table, Tell } from '../benchmark.ts';
import { judgeProperties } from '../verify/properties.ts';
import { judgeTimelines, type SentClick } from '../verify/timelines.ts';
import { accountSeed, makePeople, type Person } from '../world/seed.ts';
import { startWorld, type Tenant, type World } from '../world/start-world.ts';
import { waitFor } from '../world/wait-for.ts';
import { deliverClickByClick } from './click-by-click.ts';

const clickCount = 1_000;
const contactCount = 400;
const mostCalls = 60;

/** Every fourth contact has one open deal: 100 of 400, and a quarter of the clicks. */
const people = makePeople(contactCount, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));

export const calls: Benchmark = {
  name: 'calls',
  about: `HubSpot calls for ${clickCount} clicks by ${contactCount} contacts, 100 with an open deal; then click by click`,
  run: async (tell) => {
    const world = await startWorld();
    try {
      return await compare(world, tell);
    } finally {
      await world.close();
    }
  },
};

async function compare(world: World, tell: Tell): Promise<Measured> {
  tell('connecting two accounts');
  const folded = await world.addTenant(accountSeed({ portalId: 7_001, people, callsPerTenSeconds: 110 }));
  const single = await world.addTenant(accountSeed({ portalId: 7_002, people, callsPerTenSeconds: 1_000_000 }));
  await isIdle(world, folded);
  await isIdle(world, single);

  const sent = makeClicks();
  tell('sending the clicks and waiting for their timelines');
  const product = await counted(world, async () => {
    await folded.api.post('/v1/clicks', {
      clicks: sent.map(({ row }) => ({ ...row, slug: `q2-pricing-${folded.portalId}` })),
    });
    await isIdle(world, folded);
  });
  tell('the same, click by click');
  const deliveries = await storedDeliveries(world, folded);
  const obvious = await counted(world, () =>
    deliverClickByClick(world.context, { portalId: single.portalId, deliveries }),
  );

  const problems = [folded, single].flatMap((tenant) => judge(world, tenant, sent));
  if (product.total > mostCalls) problems.push(`${product.total} calls, at most ${mostCalls} are allowed`);
  return {
    tables: [summary(product, obvious), byRoute(product, obvious)],
    facts: { clicks: clickCount, calls: product.total, callsPerClickDesign: obvious.total },
    problems,
  };
}

interface ClickToSend extends SentClick {
  row: Record<string, unknown>;
}

/** Evenly over the contacts, each a millisecond after the other: the least favourable order for folding. */
function makeClicks(): ClickToSend[] {
  const from = Date.now();
  return Array.from({ length: clickCount }, (_, n) => {
    const { contactId, openDeals } = people[n % contactCount] as Person;
    const clickId = `bench-${String(n).padStart(4, '0')}`;
    const row = {
      click_id: clickId,
      eid: contactId,
      occurred_at: from + n,
      utm: { source: `source-${n}` },
      country: 'DE',
      device: 'desktop',
    };
    return { clickId, contactId, openDeals, accepted: true, row };
  });
}

interface Counted {
  total: number;
  routes: Map<string, number>;
  seconds: number;
}

async function counted({ sandbox }: World, work: () => Promise<void>): Promise<Counted> {
  sandbox.control.clearLog();
  const startedAt = performance.now();
  await work();
  const seconds = (performance.now() - startedAt) / 1_000;
  const { total, counts } = sandbox.control.counts();
  const routes = new Map<string, number>();
  for (const { route, calls } of counts) routes.set(route, (routes.get(route) ?? 0) + calls);
  return { total, routes, seconds };
}

/** Nothing of the account is due any more, now or later. */
async function isIdle({ context }: World, { portalId }: Tenant): Promise<void> {
  await waitFor(`portal ${portalId} to have nothing due`, async () => {
    const { lease, workAt } = (await context.store.portals.find(portalId)) ?? {};
    const working = (lease?.until.getTime() ?? 0) > 0 || (workAt && workAt.getTime() <= context.now());
    return !working && (await context.store.deliveries.nextDueAt(portalId)) === null;
  });
}

async function storedDeliveries({ context }: World, { workspaceId, portalId }: Tenant): Promise<Delivery[]> {
  const [connection] = await context.store.connections.listOfPortal(portalId);
  if (connection?.workspaceId !== workspaceId) throw new Error('The account is connected to another workspace.');
  return context.store.deliveries.findMany(makeClicks().map(({ clickId }) => deliveryId(clickId, connection._id)));
}

function judge({ sandbox }: World, { portalId }: Tenant, clicks: readonly SentClick[]): string[] {
  const { events, objects } = sandbox.control.dump(portalId);
  const { lost, doubled } = judgeTimelines(clicks, events);
  const records = { contacts: objects['contacts']?.records ?? [], deals: objects['deals']?.records ?? [] };
  return [
    ...(lost.length > 0 ? [`portal ${portalId}: ${lost.length} clicks are missing from a timeline`] : []),
    ...(doubled.length > 0 ? [`portal ${portalId}: ${doubled.length} events are doubled or misplaced`] : []),
    ...judgeProperties(records, events).slice(0, 5),
  ];
}

function summary(product: Counted, obvious: Counted): Table {
  const row = (name: string, { total, seconds }: Counted) => [
    name,
    total,
    total / (clickCount / 1_000),
    Number(seconds.toFixed(2)),
  ];
  return {
    title: `${clickCount} clicks, every event, counter and UTM value verified`,
    columns: ['design', 'calls', 'per 1,000 clicks', 'seconds'],
    rows: [row('folded (the product)', product), row('click by click', obvious)],
  };
}

function byRoute(product: Counted, obvious: Counted): Table {
  const routes = [...new Set([...product.routes.keys(), ...obvious.routes.keys()])].sort();
  return {
    title: 'Calls by route',
    columns: ['route', 'folded', 'click by click'],
    rows: routes.map((route) => [route, product.routes.get(route) ?? 0, obvious.routes.get(route) ?? 0]),
  };
}
