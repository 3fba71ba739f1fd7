// Steps of workflows, run by the sandbox as HubSpot runs them: signed, more than once, and waited for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';
import { testAppId, testPortalId, until } from '../helpers/start-test-world.ts';

let world: CardWorld;

beforeAll(async () => {
  world = await startCardWorld();
  const portals = world.server.store.client.db().collection('portals');
  await portals.updateOne({ _id: testPortalId as never }, { $push: { scopes: 'automation' as never } });
});
afterAll(() => world.close());

type Run = Partial<Parameters<CardWorld['sandbox']['control']['runAction']>[0]>;

const run = (action: string, inputFields: Record<string, unknown>, more: Run = {}) =>
  world.sandbox.control.runAction({
    appId: testAppId,
    portalId: testPortalId,
    url: `${world.server.context.config.publicUrl}/actions/hubspot/${action}`,
    objectId: 501,
    inputFields,
    ...more,
  });

const executionOf = (callbackId: string) => world.sandbox.control.execution(callbackId);

describe('waiting for a click', () => {
  it('blocks, goes on with the first human click, and tells HubSpot once', async () => {
    const { callbackId, status, execution } = await run('wait-for-click', { link: 'q2-pricing', wait_days: '7' });
    expect([status, execution.state]).toEqual([200, 'blocked']);
    await world.click([
      { click_id: 'w-robot', eid: '501', user_agent: 'curl/8.5.0' },
      { click_id: 'w-other', eid: '502' },
    ]);
    await world.settled();
    expect(executionOf(callbackId)?.state).toBe('blocked');
    await world.click([
      { click_id: 'w-1', eid: '501' },
      { click_id: 'w-2', eid: '501' },
    ]);
    await until('HubSpot was told', () => executionOf(callbackId)?.state === 'done');
    expect(executionOf(callbackId)?.outputFields).toMatchObject({
      elido_result: 'clicked',
      link: 'q2-pricing',
      hs_execution_state: 'SUCCESS',
    });
    await world.settled();
    expect(executionOf(callbackId)?.completions).toBe(1);
  });

  it('called again is the same wait, and after its end says how it ended', async () => {
    const { callbackId } = await run('wait-for-click', { wait_days: 1 });
    await run('wait-for-click', { wait_days: 1 }, { callbackId });
    await world.click([{ click_id: 'w-3', eid: '501' }]);
    await until('HubSpot was told', () => executionOf(callbackId)?.state === 'done');
    await until('it is written down', async () => {
      const { body } = await run('wait-for-click', { wait_days: 1 }, { callbackId });
      return (body as { outputFields: Record<string, string> }).outputFields.hs_execution_state === 'SUCCESS';
    });
    expect(executionOf(callbackId)?.completions).toBe(1);
  });

  it('counts clicks on links with the tag only', async () => {
    const { callbackId } = await run('wait-for-click', { link_tag: 'Sales-Collateral', link: '' });
    await world.tenant.api
      .post('/v1/links')
      .send({ slug: 'plain', title: 'Plain', destination: 'https://www.example.com/' });
    await world.click([{ click_id: 'w-4', eid: '501', slug: 'plain' }]);
    await world.settled();
    expect(executionOf(callbackId)?.state).toBe('blocked');
    await world.click([{ click_id: 'w-5', eid: '501' }]);
    await until('HubSpot was told', () => executionOf(callbackId)?.state === 'done');
    expect(executionOf(callbackId)?.outputFields).toMatchObject({ link: 'q2-pricing' });
  });

  it('times out', async () => {
    const { callbackId } = await run('wait-for-click', { wait_days: '0.5' }, { objectId: 504 });
    world.advance(13 * 3600_000);
    await until('HubSpot was told', () => executionOf(callbackId)?.state === 'done');
    expect(executionOf(callbackId)?.outputFields).toMatchObject({ elido_result: 'timed_out' });
  });

  it('fails where the account does not let us tell workflows', async () => {
    const portals = world.server.store.client.db().collection('portals');
    await portals.updateOne({ _id: testPortalId as never }, { $pull: { scopes: 'automation' as never } });
    const { status, execution } = await run('wait-for-click', {});
    expect([status, execution.state]).toEqual([403, 'failed']);
    await portals.updateOne({ _id: testPortalId as never }, { $push: { scopes: 'automation' as never } });
  });
});

describe('creating a link', () => {
  it('makes one link per execution, for the contact of the workflow', async () => {
    const inputs = {
      destination: 'https://www.example.com/offer',
      title: 'Offer',
      tag: 'Offers',
      utm_source: 'workflow',
    };
    const first = await run('create-link', inputs);
    const again = await run('create-link', inputs, { callbackId: first.callbackId });
    const { short_url: url, link: slug } = first.execution.outputFields as Record<string, string>;
    expect(again.body).toEqual(first.body);
    expect(url).toBe(`${world.server.context.config.publicUrl}/r/${slug ?? ''}?eid=62515-501`);
    const { body } = await world.tenant.api.get('/v1/links?limit=100').expect(200);
    const links = (body as { links: { slug: string; tags: string[]; utm: unknown }[] }).links.filter(
      (one) => one.slug === slug,
    );
    expect(links).toMatchObject([{ tags: ['offers'], utm: { source: 'workflow' } }]);
  });

  it('fails with the reason for a destination that is none', async () => {
    const { status, body } = await run('create-link', { destination: 'javascript:alert(1)' });
    expect([status, (body as { error: { code: string } }).error.code]).toEqual([400, 'invalid_request']);
  });
});

describe('reporting a conversion', () => {
  it('reports it once, however often HubSpot sends it, also signed the older way', async () => {
    const inputs = { name: 'Contract signed', value: '1200.50', currency: 'eur' };
    const first = await run('report-conversion', inputs);
    const again = await run('report-conversion', inputs, { callbackId: first.callbackId, signature: 'v2' });
    expect(first.body).toMatchObject({ outputFields: { status: 'accepted' } });
    expect(again.body).toMatchObject({ outputFields: { status: 'duplicate' } });
    await world.settled();
    const { conversion_id: id } = first.execution.outputFields as { conversion_id: string };
    expect(await world.delivery(id)).toMatchObject({
      state: 'delivered',
      contactId: '501',
      conversion: { value: 1200.5 },
    });
  });

  it.each([
    ['a deal', { objectType: 'DEAL' }, { name: 'x' }],
    ['a value without currency', {}, { name: 'x', value: 5 }],
    ['no name', {}, {}],
  ])('fails for %s', async (_what, more, inputs) => {
    expect((await run('report-conversion', inputs, more)).status).toBe(400);
  });
});

it('an account that is not connected gets nothing done', async () => {
  world.sandbox.control.seed({ portals: [{ portalId: 4_711, name: 'Elsewhere' }] });
  for (const [action, inputs] of [
    ['create-link', { destination: 'https://www.example.com/' }],
    ['report-conversion', { name: 'x' }],
    ['wait-for-click', {}],
  ] as const) {
    expect((await run(action, inputs, { portalId: 4_711 })).status).toBe(409);
  }
});
