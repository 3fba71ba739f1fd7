// `sustained`: how many clicks a second one account takes within its budget for a minute, with more waiting than it can take.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { connectPortal } from '../world/connect.ts';
import { accountSeed, makePeople } from '../world/seed.ts';
import { startWorld, type World } from '../world/start-world.ts';
import { busiestTenSeconds, deliveredTo, sendBacklog } from './backlog.ts';

const seconds = 60;
/** More than can be delivered in the time. */
const backlog = 25_000;
const portalId = 7_301;
const callsPerTenSeconds = 110;
const leastPerSecond = 200;
/** As in `calls`: 400 contacts, every fourth with an open deal. The more people, the more calls a click costs. */
const people = makePeople(400, (n) => ({ open: n % 4 === 0 ? 1 : 0, closed: 0 }));

export const sustained: Benchmark = {
  name: 'sustained',
  about: `clicks a second that one account takes within its budget, over ${seconds} s, with more waiting`,
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
  tell(`${backlog} clicks wait for a sign-in`);
  await world.context.store.portals.setState({
    portalId,
    state: 'needs_sign_in',
    reason: 'token_revoked',
    now: Date.now(),
  });
  await sendBacklog({ tenant, people, clicks: backlog, name: 'sustained' });
  world.sandbox.control.clearLog();
  tell('installing again');
  await connectPortal({ api: tenant.api, sandboxUrl: world.sandbox.url, portalId });
  // The first batch is not measured: its account is read for the first time.
  await sleep(5_000);
  const [before, startedAt] = [deliveredTo(world, tenant), performance.now()];
  await sleep(seconds * 1_000);
  const delivered = deliveredTo(world, tenant) - before;
  const clicksPerSecond = (delivered * 1_000) / (performance.now() - startedAt);
  const most = busiestTenSeconds(world, tenant);
  const problems: string[] = [];
  if (clicksPerSecond < leastPerSecond) problems.push(`at least ${leastPerSecond} clicks/s are wanted`);
  if (most > callsPerTenSeconds) problems.push(`${most} calls in ten seconds`);
  return {
    tables: [
      {
        title: `One account for ${seconds} s, everything on one processor: sandbox, store, server and worker`,
        columns: ['clicks/s', 'clicks', 'most calls in 10 s'],
        rows: [[Math.round(clicksPerSecond), delivered, most]],
      },
    ],
    facts: { clicksPerSecond: Math.round(clicksPerSecond) },
    problems,
  };
}
