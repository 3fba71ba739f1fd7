// The settings page inside HubSpot: what it shows, what it changes, who may, and that a repeated request changes nothing.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardPropertiesSchema, cardSettingsSchema } from '../../server/contract/card-settings.ts';
import { fieldMappingTrySchema } from '../../server/contract/portal-metadata.ts';
import { startCardWorld, type CardWorld } from '../helpers/card-world.ts';

let world: CardWorld;
let ruleId: string;
const rule = `# moves hot deals
trigger:
  link_tag: sales-collateral
  contact_window: 30d
  click_threshold: 5
action: { type: advance_deal_stage, pipeline: default, from_stage: appointmentscheduled, to_stage: qualifiedtobuy }
`;

beforeAll(async () => {
  world = await startCardWorld();
  const { tenant, connection } = world;
  const made = await tenant.api.post('/v1/rules').send({ connection_id: connection._id, text: rule }).expect(201);
  ruleId = (made.body as { id: string }).id;
  await tenant.api.get(`/v1/connections/${connection._id}/properties`).expect(200);
});
afterAll(() => world.close());

const settings = (call = {}) => world.asked(cardSettingsSchema, '/settings', call);
const change = (method: string, path: string, body: unknown, call = {}) =>
  world.card(`/settings${path}`, { method, body, ...call });

describe('the settings page', () => {
  it('shows health, scopes with reasons, mapping with types, rules and what a disconnect does', async () => {
    const shown = await settings();
    expect(shown.user).toEqual({ id: '1', can_change: true, reason: null });
    expect(shown.selected).toMatchObject({ state: 'active', dialect: 'app_events', health: { state: 'connected' } });
    expect(shown.scopes.every(({ granted, reason }) => granted && reason !== '')).toBe(true);
    expect(shown.field_mapping[0]).toMatchObject({ source: 'utm_source', type: 'string', problem: null });
    expect(shown.rules).toMatchObject([{ id: ruleId, enabled: true, mode: 'act', need: 5 }]);
    expect(shown.disconnect).toEqual({ uninstalls: true, waiting: 0, waiting_more: false });
  });

  it('finds properties by name or label, those to choose first', async () => {
    const found = await world.asked(cardPropertiesSchema, '/settings/properties?search=SOURCE&limit=5');
    expect(found.known).toBe(true);
    expect(found.properties[0]?.mappable).toBe(true);
    expect(found.properties.length).toBeLessThanOrEqual(5);
    const { properties } = await world.asked(cardPropertiesSchema, '/settings/properties?source=value&limit=100');
    expect(properties.every(({ sources }) => sources.includes('value'))).toBe(true);
  });

  it('changes mode and state, and says the same to a repeated request', async () => {
    for (let time = 0; time < 2; time++) {
      const { status, body } = await change('PATCH', '/connection', { mode: 'conversions_only', state: 'paused' });
      expect(status).toBe(200);
      expect(cardSettingsSchema.parse(body).selected).toMatchObject({ mode: 'conversions_only', state: 'paused' });
    }
    await change('PATCH', '/connection', { mode: 'clicks_and_conversions', state: 'active' });
  });

  it('replaces the mapping, names the row at fault, and then changes nothing', async () => {
    const good = [{ source: 'link_slug', object: 'contact', property: 'jobtitle' }];
    const { body } = await change('PUT', '/field-mapping', { rows: good });
    expect(cardSettingsSchema.parse(body).field_mapping).toMatchObject([{ property: 'jobtitle', problem: null }]);
    const refused = await change('PUT', '/field-mapping', {
      rows: [...good, { source: 'utm_source', object: 'contact', property: 'hs_analytics_source' }],
    });
    expect(refused).toMatchObject({
      status: 422,
      body: { error: { code: 'mapping_refused', field: 'rows.1.property' } },
    });
    expect((await settings()).field_mapping).toHaveLength(1);
  });

  it('tries a mapping on a real contact without writing', async () => {
    const { status, body } = await change('POST', '/field-mapping/try', { contact_id: '501' });
    expect(status).toBe(200);
    expect(fieldMappingTrySchema.parse(body)).toMatchObject({ basis: 'sample', rows: [{ property: 'jobtitle' }] });
  });

  it('switches a rule and its mode; another mode is another version, and the comment stays', async () => {
    const { body } = await change('PATCH', `/rules/${ruleId}`, { mode: 'suggest', enabled: false });
    expect(cardSettingsSchema.parse(body).rules).toMatchObject([{ mode: 'suggest', enabled: false, version: 2 }]);
    await change('PATCH', `/rules/${ruleId}`, { mode: 'suggest', enabled: false });
    expect((await settings()).rules).toMatchObject([{ mode: 'suggest', enabled: false, version: 2 }]);
    const { body: stored } = await world.tenant.api.get(`/v1/rules/${ruleId}`).expect(200);
    expect((stored as { text: string }).text).toContain('# moves hot deals');
  });

  it('leaves a line in the audit log with the person and the account', async () => {
    const { body } = await world.tenant.api.get('/v1/audit');
    const entries = (body as { entries?: { action: string; actor: { kind: string; id: string } }[] }).entries ?? [];
    expect(entries.filter(({ actor }) => actor.kind === 'hubspot_user').map(({ action }) => action)).toEqual(
      expect.arrayContaining(['connection.change', 'mapping.change', 'rule.switch']),
    );
  });
});

const writes: [string, string, unknown][] = [
  ['PATCH', '/connection', { state: 'paused' }],
  ['PUT', '/field-mapping', { rows: [] }],
  ['POST', '/field-mapping/try', { contact_id: '501' }],
  ['POST', '/disconnect', { confirm: 62_515 }],
];

describe('somebody who is no admin', () => {
  it('may look', async () => {
    expect((await settings({ userId: 2 })).user).toEqual({ id: '2', can_change: false, reason: 'not_an_admin' });
  });

  it.each(writes)('may not %s %s', async (method, path, body) => {
    expect(await world.refused(`/settings${path}`, { method, body, userId: 2 })).toBe('403 forbidden');
  });

  it('may not switch a rule', async () => {
    const call = { method: 'PATCH', body: { enabled: true }, userId: 2 };
    expect(await world.refused(`/settings/rules/${ruleId}`, call)).toBe('403 forbidden');
  });

  it('may once they are an admin of the workspace, and not as a viewer', async () => {
    const { members } = world.server.context.store;
    const member = {
      _id: 'mem_1',
      workspaceId: world.tenant.workspaceId,
      login: 'hubspot:62515:3',
      name: 'Kim',
      email: null,
      role: 'viewer' as const,
      createdAt: new Date(world.server.context.now()),
      lastSeenAt: null,
    };
    await members.insert(member);
    expect((await settings({ userId: 3 })).user.can_change).toBe(false);
    await members.setRole({ workspaceId: member.workspaceId, memberId: member._id, role: 'admin' });
    expect((await settings({ userId: 3 })).user.can_change).toBe(true);
    expect((await change('PATCH', '/connection', { state: 'active' }, { userId: 3 })).status).toBe(200);
  });
});

describe('disconnecting', () => {
  it('asks for the id of the account', async () => {
    expect(await world.refused('/settings/disconnect', { method: 'POST', body: { confirm: 1 } })).toBe(
      '400 invalid_request',
    );
  });

  it('stops at once; a repeated request finds it done, and the card says not connected', async () => {
    const first = await change('POST', '/disconnect', { confirm: 62_515 });
    expect(first).toMatchObject({
      status: 200,
      body: { hubspot: 'uninstalled', connection: { state: 'not_connected' } },
    });
    const again = await change('POST', '/disconnect', { confirm: 62_515 });
    expect(again).toMatchObject({ status: 200, body: { hubspot: 'uninstalled' } });
    const shown = await settings();
    expect(shown).toMatchObject({ selected: null, user: { can_change: false }, rules: [], connections: [] });
    expect(await world.refused('/settings/connection', { method: 'PATCH', body: { state: 'paused' } })).toBe(
      '409 conflict',
    );
  });
});
