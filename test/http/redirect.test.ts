// GET /r/:slug: where the visitor goes, what is kept of the click, and what never happens.
import supertest from 'supertest';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Click } from '../../server/domain/click.ts';
import { unknownSlugTtlMs } from '../../server/flows/caches.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

const clock = makeMovableClock();
let server: TestServer;
let tenant: Tenant;
let kept: Click[];

beforeAll(async () => {
  server = await startTestServer({
    now: clock.now,
    env: { PUBLIC_URL: 'https://s.example.com', COUNTRY_HEADER: 'cf-ipcountry' },
    adjust: ({ intake }) => {
      const accept = intake.accept.bind(intake);
      intake.accept = async (click) => {
        await accept(click);
        kept.push(click);
      };
    },
  });
  tenant = await server.makeTenant();
});
afterAll(() => server.close());
beforeEach(() => {
  kept = [];
});

async function makeLink(link: object = {}): Promise<{ id: string; slug: string }> {
  const { body } = await tenant.api
    .post('/v1/links')
    .send({ title: 'Q2 pricing PDF', destination: 'https://www.example.com/pricing.pdf', ...link })
    .expect(201);
  return body;
}

const follow = (path: string) => supertest(server.url).get(`/r/${path}`);

describe('a visitor', () => {
  it('is sent on, uncached, and the click is in the log', async () => {
    const { slug } = await makeLink({ slug: 'follow-me' });
    const { status, headers } = await follow(`${slug}?eid=501`);
    expect(status).toBe(302);
    expect(headers.location).toBe('https://www.example.com/pricing.pdf');
    expect(headers['cache-control']).toBe('private, no-store');
    expect(headers['referrer-policy']).toBe('no-referrer-when-downgrade');
    const { body } = await tenant.api.get(`/v1/deliveries?event_id=${kept[0]?.clickId}`);
    expect(body.deliveries[0]).toMatchObject({ event_id: kept[0]?.clickId });
  });

  it.each([
    ['https://www.example.com/a', 'https://www.example.com/a?utm_source=webinar&utm_campaign=q2+pricing'],
    [
      'https://www.example.com/a?b=1#top',
      'https://www.example.com/a?b=1&utm_source=webinar&utm_campaign=q2+pricing#top',
    ],
    ['https://www.example.com/a?utm_source=mail', 'https://www.example.com/a?utm_source=mail&utm_campaign=q2+pricing'],
    [
      'https://www.example.com/a?x=%20y&',
      'https://www.example.com/a?x=%20y&utm_source=webinar&utm_campaign=q2+pricing',
    ],
    ['https://www.example.com/a?', 'https://www.example.com/a?utm_source=webinar&utm_campaign=q2+pricing'],
  ])('takes the UTM values along to %s', async (destination, expected) => {
    const { slug } = await makeLink({ destination, utm: { source: 'webinar', campaign: 'q2 pricing' } });
    const { headers } = await follow(slug);
    expect(headers.location).toBe(expected.replaceAll('+', '%20'));
  });

  it('takes gclid and fbclid along, unless the destination has its own', async () => {
    const { slug } = await makeLink({ destination: 'https://www.example.com/?gclid=own' });
    const { headers } = await follow(`${slug}?gclid=g1&fbclid=f%2E1`);
    expect(headers.location).toBe('https://www.example.com/?gclid=own&fbclid=f.1');
    expect(kept[0]).toMatchObject({ gclid: 'g1', fbclid: 'f.1' });
  });

  it('cannot bend the destination by what they add to the address', async () => {
    const { slug } = await makeLink();
    const { headers } = await follow(
      `${slug}?gclid=a%0d%0aSet-Cookie:x&fbclid=//evil.example&destination=https://evil.example`,
    );
    expect(headers.location).toBe('https://www.example.com/pricing.pdf');
    expect(headers).not.toHaveProperty('set-cookie');
  });
});

describe('the click', () => {
  it('says who, with what, from where', async () => {
    const { slug, id } = await makeLink({ tags: ['sales'], utm: { source: 'Webinar' } });
    await follow(`${slug}?eid=62515-501`)
      .set('User-Agent', 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148')
      .set('Referer', 'https://mail.example.com/')
      .set('CF-IPCountry', 'de');
    expect(kept[0]).toMatchObject({
      workspaceId: tenant.workspaceId,
      link: { id, slug, title: 'Q2 pricing PDF', shortUrl: `s.example.com/r/${slug}`, tags: ['sales'] },
      via: 'redirect',
      method: 'GET',
      eid: '62515-501',
      eidInvalid: false,
      utm: { source: 'webinar' },
      country: 'DE',
      device: 'mobile',
      referrer: 'https://mail.example.com/',
    });
  });

  it('has the UTM values the visitor arrives with', async () => {
    const { slug } = await makeLink({
      destination: 'https://www.example.com/?utm_source=Mail&utm_medium=EMAIL',
      utm: { source: 'webinar', campaign: 'q2' },
    });
    await follow(slug);
    expect(kept[0]?.utm).toEqual({ source: 'mail', medium: 'email', campaign: 'q2' });
  });

  it.each(['a%20b', '{{contact.id}}', '%00', 'x'.repeat(65), '1&eid=2', '%F0%9F%8C%B7', '<b>'])(
    'notes that ?eid=%s is no id, and still counts',
    async (eid) => {
      const { slug } = await makeLink();
      const { status } = await follow(`${slug}?eid=${eid}`);
      expect(status).toBe(302);
      expect(kept[0]).toMatchObject({ eid: null, eidInvalid: true });
    },
  );

  it('says HEAD for a HEAD', async () => {
    const { slug } = await makeLink();
    const { status, headers } = await supertest(server.url).head(`/r/${slug}`);
    expect([status, headers.location]).toEqual([302, 'https://www.example.com/pricing.pdf']);
    expect(kept[0]?.method).toBe('HEAD');
  });

  it('is cut to the lengths we keep', async () => {
    const { slug } = await makeLink();
    await follow(slug)
      .set('User-Agent', 'u'.repeat(5_000))
      .set('Referer', `https://r.example/${'r'.repeat(5_000)}`);
    expect(kept[0]?.userAgent).toHaveLength(1_024);
    expect(kept[0]?.referrer).toHaveLength(2_048);
  });
});

describe('no link', () => {
  it.each(['no-such-link', 'a%2Fb', 'x'.repeat(65), '%00', '..%2f..%2fetc'])('%s is a small 404 page', async (slug) => {
    const { status, headers, text } = await follow(slug);
    expect(status).toBe(404);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text.length).toBeLessThan(2_000);
    expect(kept).toEqual([]);
  });

  it('archived is 410 and keeps no click', async () => {
    const { id, slug } = await makeLink();
    await follow(slug).expect(302);
    await tenant.api.delete(`/v1/links/${id}`).expect(200);
    kept = [];
    expect((await follow(slug)).status).toBe(410);
    expect(kept).toEqual([]);
  });

  it('unknown is asked for again after seconds, so that a new link of another process works', async () => {
    await follow('made-later').expect(404);
    const { slug, ...link } = { ...(await server.context.store.links.findBySlug('follow-me')), slug: 'made-later' };
    await server.context.store.links.insert({ ...link, _id: 'lnk_later', slug } as never);
    await follow('made-later').expect(404);
    clock.advance(unknownSlugTtlMs);
    expect((await follow('made-later')).status).toBe(302);
  });
});

it('follows a changed destination at once in the process that changed it', async () => {
  const { id, slug } = await makeLink();
  await follow(slug).expect(302);
  await tenant.api.patch(`/v1/links/${id}`).send({ destination: 'https://www.example.com/new' });
  expect((await follow(slug)).headers.location).toBe('https://www.example.com/new');
});

it('never asks HubSpot', async () => {
  const { slug } = await makeLink();
  await follow(`${slug}?eid=501`).expect(302);
  const metrics = await server.context.metrics.registry.metrics();
  expect(metrics).not.toMatch(/^hubspot_calls_total\{/m);
  expect(metrics).toMatch(/^redirects_total\{result="found"\} \d+/m);
});

it('an address that asks too often is told when to come back', async () => {
  const limited = await startTestServer({ env: { REDIRECT_RATE_LIMIT: '2' } });
  try {
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await supertest(limited.url).get('/r/none')).status);
    expect(statuses).toEqual([404, 404, 429]);
  } finally {
    await limited.close();
  }
});

it('behind a proxy counts visitors by the address the proxy names, and otherwise believes nobody', async () => {
  const hops = await startTestServer({ env: { REDIRECT_RATE_LIMIT: '1', TRUST_PROXY: '1' } });
  const bare = await startTestServer({ env: { REDIRECT_RATE_LIMIT: '1' } });
  try {
    const ask = async (url: string, address: string) =>
      (await supertest(url).get('/r/none').set('X-Forwarded-For', address)).status;
    expect([await ask(hops.url, '192.0.2.1'), await ask(hops.url, '192.0.2.2')]).toEqual([404, 404]);
    expect([await ask(bare.url, '192.0.2.1'), await ask(bare.url, '192.0.2.2')]).toEqual([404, 429]);
  } finally {
    await Promise.all([hops.close(), bare.close()]);
  }
});
