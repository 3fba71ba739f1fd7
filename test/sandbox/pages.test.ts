// The sandbox's pages over HTTP: what a person finds on them, and what never gets onto them.
import { createServer, type Server } from 'node:http';
import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPages } from '../../sandbox/pages/index.ts';
import { emptyState } from '../../sandbox/state/sandbox-state.ts';
import type { Portal } from '../../sandbox/state/portal.ts';
import { addEvent, fillAccount, noon } from './pages-account.ts';

const state = emptyState();
let portal: Portal;
let server: Server;

beforeAll(async () => {
  portal = fillAccount(state);
  const requestCounts = () => [
    { route: 'POST /crm/objects/{version}/contacts/batch/read', portalId: 1001, calls: 1200 },
    { route: 'POST /crm/objects/{version}/contacts/batch/read', portalId: 2002, calls: 34 },
    { route: 'POST /oauth/{version}/token', portalId: null, calls: 5 },
  ];
  server = createServer(express().use(createPages({ state, now: () => noon, requestCounts, preview: null })));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
});

/** The visible text of a page, one space between words. */
async function textOf(path: string): Promise<string> {
  const { text } = await request(server).get(path).expect(200);
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

describe('the portals page', () => {
  it('shows the clock, each portal with its numbers, and the calls of all', async () => {
    const text = await textOf('/');
    expect(text).toContain('20 Nov 2026, 12:00 UTC real time');
    expect(text).toContain('Example Works 1001 3 1 9 1,200 Elido');
    expect(text).toContain('POST /crm/objects/{version}/contacts/batch/read 1,234');
  });

  it('says when the clock was moved or stands still', async () => {
    state.clock.offsetMs = 5;
    expect(await textOf('/')).toContain('12:00 UTC moved');
    state.clock.frozenAt = noon;
    expect(await textOf('/')).toContain('12:00 UTC stands still');
    Object.assign(state.clock, { frozenAt: null, offsetMs: 0 });
  });

  it('names the event types each app declares', async () => {
    expect(await textOf('/')).toContain('Elido link click by a deal contact');
  });
});

describe('the page of a portal', () => {
  it('tells live tokens from dead ones and never shows a whole token', async () => {
    const text = await textOf('/portals/1001');
    expect(text).toContain('Tokens 2 live, 2 dead');
    expect(text).toMatch(/access live-access-… live/);
    expect(text).toMatch(/access late-access-… expired/);
    expect(text).toMatch(/access gone-access-… revoked/);
    expect(text).not.toContain('live-access-token');
  });

  it('lists its records with their number of events', async () => {
    const text = await textOf('/portals/1001');
    expect(text).toContain('Robin Sample robin.sample@example.com 5');
    expect(text).toContain('Example Works: annual plan Qualified To Buy · 12,000 EUR 2');
  });

  it('counts only its own calls', async () => {
    expect(await textOf('/portals/1001')).toContain('API calls 1,200');
  });

  it('lists all records of a type, page by page', async () => {
    expect(await textOf('/portals/1001/0-1')).toContain('3 contacts, last changed first');
    await request(server).get('/portals/1001/0-1?page=nonsense').expect(200);
  });
});

describe('a record page', () => {
  it('shows labels instead of codes: stage, pipeline, owner, options', async () => {
    const deal = await textOf('/contacts/1001/record/0-3/9001');
    expect(deal).toContain('Deal Stage Qualified To Buy');
    expect(deal).toContain('Sales Pipeline');
    const contact = await textOf('/contacts/1001/record/0-1/501');
    expect(contact).toContain('Lifecycle Stage Lead');
    expect(contact).toContain('Oakley Owner');
  });

  it('opens a value to its history, cleared values included', async () => {
    const { text } = await request(server).get('/contacts/1001/record/0-1/501').expect(200);
    const history = /History of elido_last_utm_source">(.*?)<\/ol>/s.exec(text)?.[1]?.replaceAll(/<[^>]*>|\s+/g, ' ');
    expect(history?.replaceAll(/\s+/g, ' ').trim()).toBe(
      'newsletter 19 Nov 2026, 12:00 UTC · Elido podcast 17 Nov 2026, 12:00 UTC · Elido cleared 15 Nov 2026, 12:00 UTC · Elido',
    );
  });

  it('shows the record that took the place of a merged one', async () => {
    const text = await textOf('/contacts/1001/record/0-1/77');
    expect(text).toContain('Record 77 was merged');
    expect(text).toContain('Contact 501 merged');
  });

  it('says when a record is archived, and since when', async () => {
    expect(await textOf('/contacts/1001/record/0-1/503')).toContain(
      'This record is archived since 19 Nov 2026, 12:00 UTC',
    );
  });

  it('links to associated records with their labels', async () => {
    const text = await textOf('/contacts/1001/record/0-1/501');
    expect(text).toContain('Deals 1 Example Works: annual plan');
    expect(text).toContain('Companies 1 Example Works Primary');
    expect(await textOf('/contacts/1001/record/0-3/9001')).toContain('Contacts 2 Robin Sample');
  });

  it.each([
    '/portals/4444',
    '/portals/abc',
    '/portals/1001/0-9',
    '/contacts/1001/record/0-1/999',
    '/contacts/1001/record/0-46/3001',
    '/contacts/4444/record/0-1/501',
  ])('answers 404 with a way back at %s', async (path) => {
    const { text } = await request(server).get(path).expect(404);
    expect(text).toContain('There is no such page');
  });
});

describe('a timeline', () => {
  it('shows app events, templates and notes in one list, newest first', async () => {
    const text = await textOf('/contacts/1001/record/0-1/501');
    const order = [
      'Converted: Trial started',
      'Clicked: Q2 pricing PDF (s.example.com/abc123)',
      'October 2026',
      'Asked for an offer',
      'Attended Intro: Good &amp; useful',
    ].map((title) => text.indexOf(title));
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('can be narrowed to one type', async () => {
    const text = await textOf('/contacts/1001/record/0-1/501?type=app-event%2F98765%2Felido_contact_conversion');
    expect(text).toContain('1 entry, newest first');
    expect(text).toContain('Converted: Trial started');
    expect(text).not.toContain('Clicked: Q2 pricing PDF');
  });

  it('shows a doubled write once and says how often it was accepted', async () => {
    const text = await textOf('/contacts/1001/record/0-1/501');
    expect(text).toContain('accepted 2 times');
    expect(text).toContain('5 entries, newest first');
  });

  it('keeps extraData out of sight until asked for', async () => {
    const { text } = await request(server).get('/contacts/1001/record/0-1/501').expect(200);
    expect(text).toMatch(/<details>\s*<summary>\s*Details <span class="muted">available via the API, hidden/);
    expect(text).toContain('https://news.example.com/');
  });

  it('links the destination as it was sent', async () => {
    const { text } = await request(server).get('/contacts/1001/record/0-1/501').expect(200);
    expect(text).toContain(
      'href="https://example.com/pricing?tier=pro&amp;lang=en" rel="noopener noreferrer nofollow"',
    );
  });

  it.each([
    ['https://example.com/c/1', true],
    ['javascript:alert(1)', false],
  ])('offers the window of an event as a link only if it leads to the web: %s', async (url, linked) => {
    const timelineIFrame = { headerLabel: 'Report', linkLabel: 'Open report', url, width: 600, height: 400 };
    const event = { typeKey: 'elido_contact_click', timestamp: noon, properties: {} };
    addEvent(portal, { ...event, objectTypeId: '0-2', objectId: '7001', id: url, timelineIFrame });
    const { text } = await request(server).get('/contacts/1001/record/0-2/7001').expect(200);
    expect(text).toContain('Report: ');
    expect(text.includes(`<a href="${url}"`)).toBe(linked);
  });

  it('says on the deal who clicked', async () => {
    expect(await textOf('/contacts/1001/record/0-3/9001')).toContain('Who: Robin Sample (contact 501)');
  });

  it('shows 50 entries a page', async () => {
    for (let index = 0; index < 120; index += 1) {
      const properties = { linkTitle: `Link ${index}` };
      addEvent(portal, {
        objectTypeId: '0-1',
        objectId: '503',
        typeKey: 'elido_contact_click',
        id: `p${index}`,
        timestamp: noon + index,
        properties,
      });
    }
    const first = await textOf('/contacts/1001/record/0-1/503');
    expect(first).toContain('120 entries');
    expect(first).toContain('Page 1 of 3');
    expect(first).toContain('Clicked: Link 119');
    expect(first).not.toContain('Clicked: Link 69 ');
    const last = await textOf('/contacts/1001/record/0-1/503?page=3&type=app-event/98765/elido_contact_click');
    expect(last).toContain('Clicked: Link 0 ');
  });
});

describe('every page', () => {
  const paths = [
    '/',
    '/portals/1001',
    '/portals/1001/0-1',
    '/contacts/1001/record/0-1/501',
    '/contacts/1001/record/0-1/502',
    '/contacts/1001/record/0-3/9001',
    '/contacts/1001/record/0-1/%3Cscript%3E',
  ];

  it.each(paths)('shows foreign markup as text: %s', async (path) => {
    const { text } = await request(server).get(path);
    expect(text).not.toMatch(/<(script|img)/i);
    expect(text).not.toMatch(/href="(javascript|https:\/\/evil)/i);
    expect(text).not.toMatch(/\son\w+="/i);
  });

  it.each(paths)('allows no script and no frame: %s', async (path) => {
    const response = await request(server).get(path);
    expect(response.text).toContain('content="default-src &#39;none&#39;; style-src &#39;self&#39;');
    expect(response.headers).toMatchObject({
      'content-security-policy': "frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(paths)('says that it is not HubSpot: %s', async (path) => {
    const { text } = await request(server).get(path);
    expect(text).toContain('Elido sandbox: not HubSpot.');
  });

  it('finds its stylesheet', async () => {
    const { headers } = await request(server).get('/sandbox/style.css').expect(200);
    expect(headers['content-type']).toContain('text/css');
  });
});
