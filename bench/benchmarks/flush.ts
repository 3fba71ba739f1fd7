// `flush`: an account whose sign-in ended has 10,000 clicks waiting; it is installed again. How long until all are delivered.
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { connectPortal } from '../world/connect.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startWorld, type World } from '../world/start-world.ts';
import { waitFor } from '../world/wait-for.ts';
import { busiestTenSeconds, deliveredTo, sendBacklog, untilIdle } from './backlog.ts';

const clicks = 10_000;
const portalId = 7_201;
const callsPerTenSeconds = 110;
const mostSeconds = 60;
const people = makePeople(2_000, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));

export const flush: Benchmark = {
  name: 'flush',
  about: `${clicks} clicks wait for a new sign-in; seconds from the installation until all are on their timelines`,
  run: async (tell) => {
    const world = await startWorld({ CLICK_HOLD_MS: '0' });
    try {
      return await measure(world, tell);
    } finally {
      await world.close();
    }
  },
};

async function measure(world: World, tell: Tell): Promise<Measured> {
  const tenant = await world.addTenant(accountSeed({ portalId, people, callsPerTenSeconds }));
  const { portals } = world.context.store;
  tell('the sign-in ends, and clicks come in');
  await portals.setState({ portalId, state: 'needs_sign_in', reason: 'token_revoked', now: Date.now() });
  await sendBacklog({ tenant, people, clicks, name: 'flush' });
  if (deliveredTo(world, tenant) > 0) throw new Error('Clicks were delivered without a sign-in.');
  world.sandbox.control.clearLog();
  tell('installing again');
  const startedAt = performance.now();
  await connectPortal({ api: tenant.api, sandboxUrl: world.sandbox.url, portalId });
  await waitFor('all clicks on their timelines', () => Promise.resolve(deliveredTo(world, tenant) >= clicks), {
    withinMs: 300_000,
    everyMs: 250,
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  await untilIdle(world, tenant, 60_000);
  const delivered = deliveredTo(world, tenant);
  const maxCallsIn10s = busiestTenSeconds(world, tenant);
  const problems: string[] = [];
  if (delivered !== clicks) problems.push(`${delivered} contact events for ${clicks} clicks`);
  if (seconds > mostSeconds) problems.push(`it took ${seconds.toFixed(1)} s, at most ${mostSeconds} are wanted`);
  if (maxCallsIn10s > callsPerTenSeconds) problems.push(`${maxCallsIn10s} calls in ten seconds`);
  return {
    tables: [
      {
        title: 'A queue that waited for a sign-in',
        columns: ['deliveries', 'seconds', 'most calls in 10 s'],
        rows: [[delivered, seconds, maxCallsIn10s]],
      },
    ],
    facts: { deliveries: delivered, seconds: Number(seconds.toFixed(1)), maxCallsIn10s },
    problems,
  };
}
