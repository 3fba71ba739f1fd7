// Definitions of an account against the sandbox: properties, groups, pipelines, account facts.
import { describe, expect, test } from 'vitest';
import { readAccount } from '../../server/hubspot/account.ts';
import { listDealPipelines } from '../../server/hubspot/pipelines.ts';
import {
  ensureGroup,
  ensureProperty,
  listProperties,
  readProperty,
  type NewProperty,
} from '../../server/hubspot/properties.ts';
import { allScopes, portalId, startSandboxPortal } from './sandbox-portal.ts';

const group = { objectType: 'contacts', name: 'elido', label: 'Elido' } as const;
const property: NewProperty = {
  name: 'elido_last_utm_source',
  label: 'Last UTM source',
  type: 'string',
  fieldType: 'text',
  groupName: 'elido',
};

describe('properties', () => {
  test('group and property are made once, however often we ask', async () => {
    const { portal } = await startSandboxPortal();
    expect([await ensureGroup(portal, group), await ensureGroup(portal, group)]).toEqual(['created', 'present']);
    const ensure = () => ensureProperty(portal, { objectType: 'contacts', property });
    expect([await ensure(), await ensure()]).toEqual(['created', 'present']);
    expect(await readProperty(portal, { objectType: 'contacts', name: property.name })).toMatchObject({
      name: property.name,
      groupName: 'elido',
      type: 'string',
      archived: false,
      calculated: false,
      modificationMetadata: { readOnlyValue: false },
    });
  });

  test('two processes that make the same property at once both succeed', async () => {
    const { portal } = await startSandboxPortal();
    const groups = await Promise.all([
      ensureGroup(portal, group),
      ensureGroup(portal, group),
      ensureGroup(portal, group),
    ]);
    expect(groups.filter((outcome) => outcome === 'created')).toHaveLength(1);
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => ensureProperty(portal, { objectType: 'contacts', property })),
    );
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
  });

  test('an archived property of our name comes back', async () => {
    const { portal } = await startSandboxPortal();
    await ensureGroup(portal, group);
    await ensureProperty(portal, { objectType: 'contacts', property });
    const path = `/crm/properties/2026-03/contacts/${property.name}`;
    await portal.call({ method: 'DELETE', route: 'archive', path });
    expect(await readProperty(portal, { objectType: 'contacts', name: property.name })).toBeNull();
    expect(await ensureProperty(portal, { objectType: 'contacts', property })).toBe('created');
    expect(await readProperty(portal, { objectType: 'contacts', name: property.name })).toMatchObject({
      archived: false,
    });
  });

  test.each([
    [{ ...property, type: 'number', fieldType: 'number' } as const, 'elido_last_utm_source'],
    [{ ...property, name: 'createdate', type: 'datetime', fieldType: 'date' } as const, 'createdate'],
  ])('a property of another type or one that cannot be written is a conflict that names it', async (wanted, name) => {
    const { portal } = await startSandboxPortal();
    await ensureGroup(portal, group);
    await ensureProperty(portal, { objectType: 'contacts', property });
    const failure: unknown = await ensureProperty(portal, { objectType: 'contacts', property: wanted }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'hubspot_conflict', details: { property: name } });
    expect(String(failure)).toContain(name);
  });

  test('the list tells what can be written', async () => {
    const { portal } = await startSandboxPortal();
    const definitions = await listProperties(portal, 'contacts');
    const byName = new Map(definitions.map((definition) => [definition.name, definition]));
    expect(byName.get('email')?.modificationMetadata.readOnlyValue).toBe(false);
    expect(byName.get('hs_analytics_source')?.modificationMetadata.readOnlyValue).toBe(true);
    expect(byName.get('lifecyclestage')?.options.map(({ value }) => value)).toContain('lead');
  });

  test('without the schema scope the missing right is named', async () => {
    const scopes = allScopes.filter((scope) => !scope.startsWith('crm.schemas'));
    const { portal } = await startSandboxPortal({ scopes });
    await expect(ensureGroup(portal, group)).rejects.toMatchObject({
      code: 'hubspot_insufficient_permissions',
      details: { scopes: ['crm.schemas.contacts.write'] },
    });
  });

  test('could not ask is not "does not exist": nothing is created after a failed look', async () => {
    const { portal, sandbox, calls } = await startSandboxPortal();
    sandbox.control.addFault({ method: 'GET', path: '/crm/properties/**', action: { kind: 'status', status: 503 } });
    await expect(ensureProperty(portal, { objectType: 'contacts', property })).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });
    expect(calls).toHaveLength(1);
  });
});

test('pipelines come with their stages in order, closed ones marked as such', async () => {
  const { portal } = await startSandboxPortal();
  const pipelines = await listDealPipelines(portal);
  const sales = pipelines.find(({ id }) => id === 'default');
  expect(sales?.stages.map(({ id, isClosed, probability }) => [id, isClosed, probability])).toEqual([
    ['appointmentscheduled', false, 0.2],
    ['qualifiedtobuy', false, 0.4],
    ['presentationscheduled', false, 0.6],
    ['decisionmakerboughtin', false, 0.8],
    ['contractsent', false, 0.9],
    ['closedwon', true, 1],
    ['closedlost', true, 0],
  ]);
});

test('the account says who it is', async () => {
  const { portal } = await startSandboxPortal();
  expect(await readAccount(portal)).toMatchObject({ portalId });
});

test.each(['2026-03', '2026-09'])('every path follows the one version setting (%s)', async (version) => {
  const { portal, sandbox } = await startSandboxPortal({ version, contacts: 1 });
  await readAccount(portal);
  await listDealPipelines(portal);
  await listProperties(portal, 'contacts');
  expect(new Set(sandbox.control.log().map((entry) => entry.version))).toEqual(new Set([version]));
});
