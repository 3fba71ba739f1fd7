// Human clicks only (product A10): what a scanner, a preview or a script does is neither written nor counted, and says why.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseNetworkFile } from '../../server/domain/human-verdict/network-list.ts';
import { changeBrowserAccess } from '../../server/flows/browser-access.ts';
import { changeCountPolicy } from '../../server/flows/count-policy.ts';
import { storeEvents } from '../../server/flows/store-events.ts';
import { startTestWorld, until, type TestWorld } from '../helpers/start-test-world.ts';

const chrome = {
  'user-agent':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
  'accept-language': 'en-GB,en;q=0.9',
};

describe('human clicks only', () => {
  let world: TestWorld;
  // Not fetch: it says `Sec-Fetch-Mode: cors`, as scripts do.
  const follow = (path: string, { method = 'GET', headers }: { method?: string; headers: Record<string, string> }) =>
    request(`${world.server.url}/r/${path}`, { method: method as 'GET' | 'HEAD', headers });
  const clicksOf = async (eid: string) => {
    const { deliveries } = world.server.context.store;
    const now = world.server.context.now();
    const workspaceId = world.tenant.workspaceId;
    const clicks = await deliveries.clicksAround({ workspaceId, who: [eid], from: 0, to: now + 1_000, limit: 100 });
    return Promise.all(clicks.map(({ clickId }) => world.delivery(clickId)));
  };
  beforeAll(async () => {
    world = await startTestWorld({ env: { CLICK_HOLD_MS: '400' } });
  });
  afterAll(() => world.close());

  it('a click in a browser is held for a moment and then written', async () => {
    expect((await follow('q2-pricing?eid=501', { headers: chrome })).statusCode).toBe(302);
    await until('it is in the store', async () => (await clicksOf('501')).length > 0);
    const [held] = await clicksOf('501');
    expect(held).toMatchObject({ state: 'held', reason: 'human_check' });
    await until('it is delivered', async () => (await clicksOf('501'))[0]?.state === 'delivered');
    expect((await clicksOf('501'))[0]?.verdict).toMatchObject({ verdict: 'human' });
    expect(world.eventsOf('contacts', '501')).toHaveLength(1);
  });

  it.each([
    ['curl', '502', { headers: { 'user-agent': 'curl/8.5.0' } }],
    ['a HEAD request', '503', { method: 'HEAD', headers: chrome }],
    ['a prefetch', '504', { headers: { ...chrome, 'sec-purpose': 'prefetch' } }],
    [
      'a link preview',
      '505',
      { headers: { ...chrome, 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' } },
    ],
  ])('%s is redirected, and neither written nor counted', async (_name, eid, init) => {
    expect((await follow(`q2-pricing?eid=${eid}`, init)).statusCode).toBe(302);
    await until('it is judged', async () => (await clicksOf(eid))[0]?.state === 'skipped');
    const [closed] = await clicksOf(eid);
    expect(closed).toMatchObject({ reason: 'machine_click', verdict: { verdict: 'machine' }, counted: false });
    expect(closed?.detail).not.toBe('');
    expect(world.eventsOf('contacts', eid)).toHaveLength(0);
    expect(world.record('contacts', eid)['elido_recent_link_clicks']).toBeUndefined();
  });

  it('a scanner that opens every link of a mail within seconds is no reader', async () => {
    for (const slug of ['a', 'b', 'c', 'd']) {
      const link = { slug: `mail-${slug}`, title: slug, destination: 'https://www.example.com/' };
      await world.tenant.api.post('/v1/links').send(link).expect(201);
    }
    const written = world.eventsOf('contacts', '501').length;
    await Promise.all(['a', 'b', 'c', 'd'].map((slug) => follow(`mail-${slug}?eid=501`, { headers: chrome })));
    await until('all are judged', async () => {
      const clicks = await clicksOf('501');
      return clicks.filter(({ state }) => state === 'skipped').length === 4;
    });
    expect(world.eventsOf('contacts', '501')).toHaveLength(written);
  });

  it('whoever follows a link that people cannot see is no reader of the others either', async () => {
    for (const [slug, tags] of [
      ['hidden', ['honeypot']],
      ['shown', []],
    ] as const) {
      const link = { slug, title: slug, tags, destination: 'https://www.example.com/' };
      await world.tenant.api.post('/v1/links').send(link).expect(201);
    }
    const written = world.eventsOf('contacts', '504').length;
    await follow('shown?eid=504', { headers: chrome });
    await follow('hidden?eid=504', { headers: chrome });
    const reasons = async () => {
      const clicks = await clicksOf('504');
      return clicks.filter(({ state }) => state === 'skipped').flatMap(({ verdict }) => verdict?.reasons[0] ?? []);
    };
    await until('both are judged', async () => {
      const found = await reasons();
      return found.includes('honeypot_link') && found.includes('honeypot_source');
    });
    expect(world.eventsOf('contacts', '504')).toHaveLength(written);
  });

  describe('the landing page', () => {
    const origin = 'https://www.example.com';
    let publicKey: string;
    beforeAll(async () => {
      const { workspaceId } = world.tenant;
      ({ publicKey } = await changeBrowserAccess(world.server.context, { workspaceId, origins: [origin] }));
    });
    const touch = async (clickId: string) => {
      const reply = await request(`${world.server.url}/v1/public/landings?key=${publicKey}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'text/plain' },
        body: JSON.stringify({ click_id: clickId }),
      });
      expect(reply.statusCode).toBe(202);
    };
    /** The id of the click: the one that was not there before. */
    const clickOf = async (eid: string, headers: Record<string, string>) => {
      const before = new Set((await clicksOf(eid)).map(({ eventId }) => eventId));
      await follow(`q2-pricing?eid=${eid}`, { headers });
      let found: string | undefined;
      await until('the click is in the store', async () => {
        found = (await clicksOf(eid)).find(({ eventId }) => !before.has(eventId))?.eventId;
        return found !== undefined;
      });
      return found ?? '';
    };
    const prefetched = (eid: string) => clickOf(eid, { ...chrome, 'x-moz': 'prefetch' });
    const stateOf = async (clickId: string) => (await world.delivery(clickId)).state;

    it('that is touched while the click is held makes a person of it', async () => {
      const clickId = await prefetched('502');
      await touch(clickId);
      await until('it is delivered', async () => (await stateOf(clickId)) === 'delivered');
      expect((await world.delivery(clickId)).verdict).toMatchObject({
        verdict: 'human',
        reasons: ['beacon', 'prefetch'],
      });
    });

    it('that is touched later brings the click back, and a machine that names itself stays one', async () => {
      const clickId = await prefetched('503');
      const curl = await clickOf('504', { 'user-agent': 'curl/8.5.0' });
      for (const id of [clickId, curl]) await until('it is closed', async () => (await stateOf(id)) === 'skipped');
      await Promise.all([touch(clickId), touch(curl), touch(clickId)]);
      await until('it is delivered', async () => (await stateOf(clickId)) === 'delivered');
      await until('curl is judged again', async () => {
        const { state, verdict } = await world.delivery(curl);
        return state === 'skipped' && verdict?.reasons.includes('beacon') === true;
      });
      await world.settled();
      expect(world.eventsOf('contacts', '503')).toHaveLength(1);
      expect(world.eventsOf('contacts', '504')).toHaveLength(0);
    });

    it('that speaks before its click is stored is heard', async () => {
      const { context } = world.server;
      await touch('clk_early');
      const [known] = await context.store.deliveries.listOfEvent({
        workspaceId: world.tenant.workspaceId,
        eventId: await prefetched('505'),
      });
      if (known?.kind !== 'click') throw new Error('There is no click to copy.');
      // As the spool brings it.
      const click = { ...known.click, clickId: 'clk_early', eid: '502' };
      await storeEvents(context, [{ kind: 'click', click }]);
      await until('it is delivered', async () => (await stateOf('clk_early')) === 'delivered');
    });

    it('that is opened again half an hour later says nothing of the click', async () => {
      const clickId = await prefetched('503');
      await until('it is closed', async () => (await stateOf(clickId)) === 'skipped');
      world.advance(31 * 60_000);
      await touch(clickId);
      expect(await stateOf(clickId)).toBe('skipped');
    });
  });

  it('a workspace may count machines too', async () => {
    const { workspaceId } = world.tenant;
    await changeCountPolicy(world.server.context, { workspaceId, countMachines: true });
    await follow('q2-pricing?eid=505', { headers: { 'user-agent': 'curl/8.5.0' } });
    await until('it is written', () => world.eventsOf('contacts', '505').length === 1);
  });
});

it("a click from a network of the operator's file is refused in the name that stands there, and the example refuses nobody", async () => {
  const example = fileURLToPath(new URL('../../docs/scanner-networks.example', import.meta.url));
  const world = await startTestWorld({ env: { SCANNER_NETWORKS: example, TRUST_PROXY: '1' } });
  try {
    const from = (address: string) =>
      request(`${world.server.url}/r/q2-pricing?eid=501`, { headers: { ...chrome, 'x-forwarded-for': address } });
    await from('192.0.2.77');
    await from('192.88.99.77');
    await world.settled();
    const { deliveries } = world.server.context.store;
    const workspaceId = world.tenant.workspaceId;
    const clicks = await deliveries.clicksAround({ workspaceId, who: ['501'], from: 0, to: Date.now(), limit: 9 });
    const found = await Promise.all(clicks.map(({ clickId }) => world.delivery(clickId)));
    const listed = found.find((one) => one.kind === 'click' && one.click.network === '192.0.2.0/24');
    expect(listed).toMatchObject({ state: 'skipped', reason: 'machine_click' });
    expect(listed?.detail).toContain('mail gateway of the head office');
    expect(found.filter(({ state }) => state === 'delivered')).toHaveLength(1);
    const text = await readFile(example, 'utf8');
    expect(parseNetworkFile(text)).toMatchObject({ problems: [], networks: { size: 4 } });
  } finally {
    await world.close();
  }
});
