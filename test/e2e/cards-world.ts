// The demo's world for the browser tests of our cards: the real server, the sandbox, the built cards, and some days of clicks.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { demoPortalId } from '../../scripts/demo/seed.ts';
import { playStory, storyMs } from '../../scripts/demo/story.ts';
import { makeWorld, type World } from '../../scripts/demo/world.ts';
import { ensureExtensions, ensureHost } from '../../scripts/preview/ensure-built.ts';
import { ourExtensions, ourSource } from '../../scripts/preview/our-preview.ts';

const dayMs = 24 * 3600_000;
/** Clicks per day after the story. */
const days = [1, 0, 2, 1, 3, 0, 1];

export const pages = {
  deal: `/contacts/${demoPortalId}/record/0-3/701?tab=cards`,
  contact: `/contacts/${demoPortalId}/record/0-1/501?tab=cards`,
  /** A contact who clicked nothing. */
  quiet: `/contacts/${demoPortalId}/record/0-1/502?tab=cards`,
  /** A deal of an account that never connected. */
  stranger: `/contacts/${demoPortalId + 1}/record/0-3/701?tab=cards`,
  settings: `/integrations-settings/${demoPortalId}/installed/900100`,
  home: `/app/${demoPortalId}/900100`,
} as const;

const anotherRule = `
name: Webinar guests
trigger: { link: "webinar", contact_window: 30d, click_threshold: 12 }
action:
  type: advance_deal_stage
  pipeline: "default"
  from_stage: "qualifiedtobuy"
  to_stage: "presentationscheduled"
`;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const { port } = probe.address() as AddressInfo;
  await new Promise((done) => probe.close(done));
  return port;
}

export async function startCardsWorld(): Promise<World> {
  // Vitest says `test`, and HubSpot's builder would then make a development build that React's production build cannot run.
  const before = process.env['NODE_ENV'];
  process.env['NODE_ENV'] = 'production';
  await ensureHost();
  await ensureExtensions(ourSource, ourExtensions);
  process.env['NODE_ENV'] = before;
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const beganMsAgo = storyMs + days.length * dayMs;
  const world = await makeWorld({ port, sandboxPort, beganMsAgo, logLevel: 'fatal' });
  await playStory(world, () => undefined);
  const link = await world.createLink({
    slug: 'webinar',
    title: 'Webinar recording',
    destination: 'https://www.example.com/webinar',
    tags: ['events'],
    utm: { source: 'newsletter', campaign: 'autumn', medium: 'email' },
  });
  await world.makeRule(anotherRule);
  let seen = 3;
  for (const clicks of days) {
    world.advance(dayMs);
    for (let click = 0; click < clicks; click++) {
      await world.click(`${link}?eid=501`);
      seen += 1;
    }
    await world.delivered(seen);
  }
  return world;
}
