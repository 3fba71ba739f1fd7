// The live stream over real HTTP: what happens arrives, a broken stream goes on, and whoever is signed out hears no more.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signIn } from '../../helpers/console.ts';
import { listenLive } from '../../helpers/listen-live.ts';
import { startTestWorld, until, type TestWorld } from '../../helpers/start-test-world.ts';

let world: TestWorld;

beforeAll(async () => {
  world = await startTestWorld();
});
afterAll(() => world.close());

const listen = (headers: Record<string, string>) => listenLive(world.server.url, headers);

const withKey = () => ({ authorization: `Bearer ${world.tenant.key}` });

it('brings a click from its arrival to the timeline, and nothing of another workspace', async () => {
  const other = await world.server.makeTenant();
  const [mine, theirs] = [await listen(withKey()), await listen({ authorization: `Bearer ${other.key}` })];
  expect(mine.headers.get('content-type')).toContain('text/event-stream');
  await until('the stream is ready', () => mine.events[0]?.event === 'ready');
  await world.click([{ click_id: 'live-1', eid: '501', occurred_at: Date.now() }]);
  await until('the delivery arrives', () =>
    mine.events.some(
      ({ event, data }) => event === 'delivery' && data.event_id === 'live-1' && data.state === 'delivered',
    ),
  );
  expect(theirs.events.map(({ event }) => event)).toEqual(['ready']);
  mine.stop();
  theirs.stop();
});

it('goes on where it broke, and says so when it cannot', async () => {
  const [first, witness] = [await listen(withKey()), await listen(withKey())];
  await until('the stream is ready', () => first.events[0]?.event === 'ready');
  await world.click([{ click_id: 'live-2', eid: '501', occurred_at: Date.now() }]);
  await until('an event came', () => first.events.some(({ id }) => id !== undefined));
  const lastId = first.events.findLast(({ id }) => id !== undefined)?.id ?? '';
  first.stop();
  await world.click([{ click_id: 'live-3', eid: '502', occurred_at: Date.now() }]);
  await until('the other stream has it', () => witness.events.some(({ data }) => data.event_id === 'live-3'));
  const second = await listen({ ...withKey(), 'last-event-id': lastId });
  await until('what was missed arrives', () => second.events.some(({ data }) => data.event_id === 'live-3'));
  expect(second.events[0]).toMatchObject({ event: 'ready', data: { resumed: true } });
  const lost = await listen({ ...withKey(), 'last-event-id': 'otherproc-7' });
  await until('it says that it cannot go on', () => lost.events.some(({ event }) => event === 'reset'));
  for (const stream of [witness, second, lost]) stream.stop();
});

it('ends with the session', async () => {
  const { page, cookie } = await signIn(world.server, { workspaceId: world.tenant.workspaceId });
  const stream = await listen({ cookie: cookie.split(';')[0] ?? '' });
  await until('the stream is ready', () => stream.events[0]?.event === 'ready');
  await page.post('/console/sign-out').expect(200);
  await until('the stream ended', () => stream.state.ended);
  expect(stream.events.at(-1)).toMatchObject({ event: 'goodbye', data: { reason: 'signed_out' } });
});

it('has a limit of streams per caller', async () => {
  const { key } = await world.server.makeTenant();
  const streams = [];
  for (let one = 0; one < 10; one++) streams.push(await listen({ authorization: `Bearer ${key}` }));
  const refused = await listen({ authorization: `Bearer ${key}` });
  expect(refused.status).toBe(429);
  streams[0]?.stop();
  await until('there is room again', async () => {
    const again = await listen({ authorization: `Bearer ${key}` });
    again.stop();
    return again.status === 200;
  });
  for (const stream of streams) stream.stop();
});
