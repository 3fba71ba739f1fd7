// What an app writes through the API stands on the pages: two clicks over two days, as a person would find them.
import request from 'supertest';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';

const appId = 4242;
const portalId = 2002;
const noon = Date.parse('2026-11-20T12:00:00Z');
const click = {
  linkTitle: 'Q2 pricing PDF',
  shortUrl: 's.example.com/abc123',
  destination: 'https://example.com/pricing.pdf?utm_source=webinar',
  campaign: 'q2-pricing',
  country: 'Germany',
  device: 'Desktop',
};

let sandbox: Sandbox;
let token: string;

beforeEach(async () => {
  sandbox = await startSandbox();
  sandbox.control.setClock({ now: noon, running: false });
  sandbox.control.seed({
    apps: [
      {
        appId,
        name: 'Elido',
        clientId: 'elido-client',
        clientSecret: 'elido-secret',
        requiredScopes: [
          'oauth',
          'timeline',
          ...['contacts', 'deals'].flatMap((name) => [`crm.objects.${name}.read`, `crm.objects.${name}.write`]),
          'crm.schemas.contacts.write',
        ],
      },
    ],
    portals: [
      {
        portalId,
        name: 'Example Works',
        contacts: [{ id: 501, properties: { email: 'robin@example.com', firstname: 'Robin', lastname: 'Sample' } }],
        deals: [
          { id: 701, properties: { dealname: 'Annual plan', dealstage: 'appointmentscheduled', pipeline: 'default' } },
        ],
        associations: [{ from: { type: 'contacts', id: 501 }, to: { type: 'deals', id: 701 } }],
      },
    ],
  });
  token = sandbox.control.install({ appId, portalId }).accessToken;
});

afterEach(async () => {
  await sandbox.close();
});

async function call(method: 'post' | 'patch', path: string, body: object, status: number): Promise<void> {
  await request(sandbox.url)[method](path).auth(token, { type: 'bearer' }).send(body).expect(status);
}

async function sendClicks(inputs: { id: string; timestamp: string }[]): Promise<void> {
  const rows = inputs.map((input) => ({
    eventTypeName: 'elido_contact_click',
    objectId: '501',
    properties: click,
    ...input,
  }));
  await call('post', '/integrators/timeline/2026-03/events/batch', { inputs: rows }, 201);
}

async function textOf(path: string): Promise<string> {
  const { text } = await request(sandbox.url).get(path).expect(200);
  return text.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' ');
}

const contactPage = `/contacts/${portalId}/record/0-1/501`;

describe('the pages', () => {
  it('show every click that was accepted, titled by link and short link', async () => {
    await sendClicks([
      { id: 'click-1', timestamp: '2026-11-18T09:00:00Z' },
      { id: 'click-2', timestamp: '2026-11-19T15:30:00Z' },
    ]);
    const text = await textOf(contactPage);
    expect(text.split('Clicked: Q2 pricing PDF (s.example.com/abc123)')).toHaveLength(3);
    expect(text).toContain('2 entries, newest first');
    expect(text.indexOf('19 Nov 2026, 15:30 UTC')).toBeLessThan(text.indexOf('18 Nov 2026, 09:00 UTC'));
  });

  it('show nothing of a batch that was refused', async () => {
    await sendClicks([{ id: 'click-1', timestamp: '2026-11-18T09:00:00Z' }]);
    const again = { eventTypeName: 'elido_contact_click', objectId: '501', properties: click };
    await call(
      'post',
      '/integrators/timeline/2026-03/events/batch',
      {
        inputs: [
          { ...again, id: 'click-1' },
          { ...again, id: 'new' },
        ],
      },
      409,
    );
    expect(await textOf(contactPage)).toContain('1 entry, newest first');
  });

  it('show properties an app added, in the group it made, with their history', async () => {
    await call('post', '/crm/v3/properties/contacts/groups', { name: 'elido', label: 'Elido' }, 201);
    const property = { name: 'elido_last_utm_campaign', label: 'Last UTM campaign', type: 'string', fieldType: 'text' };
    await call('post', '/crm/v3/properties/contacts', { ...property, groupName: 'elido' }, 201);
    for (const campaign of ['q1-webinar', 'q2-pricing']) {
      await call('patch', '/crm/v3/objects/contacts/501', { properties: { elido_last_utm_campaign: campaign } }, 200);
    }
    const text = await textOf(contactPage);
    expect(text).toMatch(/Elido Last UTM campaign q2-pricing q2-pricing .* UTC · Elido q1-webinar/);
  });

  it('show the stage a deal was moved to', async () => {
    await call('patch', '/crm/objects/2026-03/deals/701', { properties: { dealstage: 'qualifiedtobuy' } }, 200);
    expect(await textOf(`/contacts/${portalId}/record/0-3/701`)).toContain('Deal Stage Qualified To Buy');
  });

  it('show a note that was written with its associations', async () => {
    const note = {
      hs_timestamp: '2026-11-19T15:30:00Z',
      hs_note_body: '<p>Clicked: <strong>Q2 pricing PDF</strong></p>',
    };
    const associations = [
      { to: { id: '501' }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }] },
    ];
    await call('post', '/crm/v3/objects/notes', { properties: note, associations }, 201);
    expect(await textOf(contactPage)).toMatch(/Note 19 Nov 2026, 15:30 UTC Clicked: Q2 pricing PDF/);
  });

  it('show the record that both halves of a merge became', async () => {
    await sendClicks([{ id: 'click-1', timestamp: '2026-11-18T09:00:00Z' }]);
    await call('post', '/crm/v3/objects/contacts', { properties: { email: 'robin.s@example.com' } }, 201);
    const twin = sandbox.state.portals
      .get(portalId)
      ?.tables.get('0-1')
      ?.unique.get('email')
      ?.get('robin.s@example.com');
    await call('post', '/crm/v3/objects/contacts/merge', { primaryObjectId: '501', objectIdToMerge: twin }, 200);
    const text = await textOf(contactPage);
    expect(text).toContain('Record 501 was merged');
    expect(text).toContain('Clicked: Q2 pricing PDF');
    expect(await textOf(`/contacts/${portalId}/record/0-1/${twin}`)).toContain('Robin Sample');
  });

  it('count the calls by route, and show the grant as removed after an uninstall', async () => {
    await sendClicks([{ id: 'click-1', timestamp: '2026-11-18T09:00:00Z' }]);
    expect(await textOf(`/portals/${portalId}`)).toMatch(/API calls 1 .*events\/batch 1/);
    sandbox.control.uninstall({ appId, portalId });
    const text = await textOf(`/portals/${portalId}`);
    expect(text).toContain('Elido removed by user');
    expect(text).toContain('Tokens 0 live');
  });
});
