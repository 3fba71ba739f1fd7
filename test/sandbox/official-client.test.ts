// HubSpot's own npm client against the sandbox: an outsider that knows the paths, bodies and models HubSpot publishes.
import { Client } from '@hubspot/api-client';
import { describe, expect, it } from 'vitest';
import { CLIENT, PORTAL, startPortal } from './harness.ts';

async function startClient() {
  const portal = await startPortal();
  const basePath = portal.sandbox.url;
  return { ...portal, client: new Client({ accessToken: portal.accessToken, basePath, numberOfApiCallRetries: 1 }) };
}

describe('HubSpot’s own client', () => {
  it('refreshes a token', async () => {
    const { client, refreshToken } = await startClient();
    const { client_id, client_secret } = CLIENT;
    const tokens = await client.oauth.tokensApi.create(
      'refresh_token',
      undefined,
      undefined,
      client_id,
      client_secret,
      refreshToken,
    );
    expect(tokens).toMatchObject({ refreshToken, expiresIn: 1800 });
    const known = await client.oauth.accessTokensApi.get(tokens.accessToken);
    expect(known.hubId).toBe(PORTAL);
  });

  it('reads, writes and searches contacts', async () => {
    const { client, sandbox } = await startClient();
    const found = await client.crm.contacts.basicApi.getById(
      'se+cond@example.com',
      ['email'],
      undefined,
      undefined,
      false,
      'email',
    );
    expect(found.id).toBe('102');
    await client.crm.contacts.basicApi.update('102', { properties: { city: 'Bath' } });
    sandbox.control.setClock({ advanceMs: 6000 });
    const page = await client.crm.contacts.searchApi.doSearch({
      filterGroups: [{ filters: [{ propertyName: 'city', operator: 'EQ' as never, value: 'bath' }] }],
      properties: ['city'],
      limit: 10,
    });
    expect(page.results.map(({ id }) => id)).toEqual(['102']);
  });

  it('reads batches with error rows and upserts by address', async () => {
    const { client } = await startClient();
    const read = await client.crm.contacts.batchApi.read({
      inputs: [{ id: '101' }, { id: '999' }],
      properties: ['email'],
      propertiesWithHistory: [],
    });
    expect(read).toMatchObject({ numErrors: 1, results: [{ id: '101' }] });
    const upserted = await client.crm.contacts.batchApi.upsert({
      inputs: [{ id: 'new@example.com', idProperty: 'email', properties: { city: 'York' } }],
    });
    expect(upserted.results[0]?._new).toBe(true);
  });

  it('throws on a read-only property with the reason in the body', async () => {
    const { client } = await startClient();
    const written = client.crm.contacts.basicApi.update('101', { properties: { hs_analytics_source: 'OFFLINE' } });
    await expect(written).rejects.toMatchObject({ code: 400, body: { errors: [{ code: 'READ_ONLY_VALUE' }] } });
  });

  it('reads associations, pipelines, owners and properties', async () => {
    const { client } = await startClient();
    const links = await client.crm.associations.v4.batchApi.getPage('contacts', 'deals', { inputs: [{ id: '101' }] });
    expect(links.results[0]?.to[0]?.toObjectId).toBe(301);
    const pipelines = await client.crm.pipelines.pipelinesApi.getAll('deals');
    expect(pipelines.results[0]?.stages[5]?.metadata).toEqual({ isClosed: 'true', probability: '1.0' });
    expect((await client.crm.owners.ownersApi.getPage()).results).toHaveLength(1);
    const email = await client.crm.properties.coreApi.getByName('contacts', 'email');
    expect(email.hasUniqueValue).toBe(true);
  });

  it('creates a property group and a property in it', async () => {
    const { client } = await startClient();
    await client.crm.properties.groupsApi.create('contacts', { name: 'acme', label: 'Acme' });
    const made = await client.crm.properties.coreApi.create('contacts', {
      name: 'acme_score',
      label: 'Score',
      type: 'number' as never,
      fieldType: 'number' as never,
      groupName: 'acme',
    });
    expect(made.modificationMetadata?.readOnlyValue).toBe(false);
  });

  it('sends a timeline event of a v3 template', async () => {
    const { client, sandbox, call } = await startClient();
    sandbox.control.setSwitches({ timelineTemplates: 'open' });
    const template = await call('POST', '/integrators/timeline/v3/7001/event-templates?hapikey=developer-key', {
      token: null,
      body: { name: 'Clicked', headerTemplate: '', tokens: [{ name: 'title', label: 'Title', type: 'string' }] },
    });
    const eventTemplateId = String(template.body['id']);
    const sent = await client.crm.timeline.eventsApi.create({
      eventTemplateId,
      id: 'e1',
      objectId: '101',
      tokens: { title: 'Pricing' },
    });
    expect(sent.objectType).toBe('contacts');
    expect(sandbox.control.events(PORTAL).accepted).toBe(1);
  });
});
