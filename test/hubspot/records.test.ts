// Contacts, deals and associations in batches, against the sandbox: every asked key has an answer of its own.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readAssociations } from '../../server/hubspot/associations.ts';
import { makeHubSpot, type PortalApi } from '../../server/hubspot/client.ts';
import { readContactsByEmail, readContactsById, updateContacts } from '../../server/hubspot/contacts.ts';
import { readDeals, updateDeals } from '../../server/hubspot/deals.ts';
import { makeGovernor } from '../../server/hubspot/governor.ts';
import { ensureProperty } from '../../server/hubspot/properties.ts';
import { numbered, portalId, startSandboxPortal } from './sandbox-portal.ts';

const texts = (numbers: number[]): string[] => numbers.map(String);

async function merge(portal: PortalApi, primaryObjectId: string, objectIdToMerge: string): Promise<string> {
  const path = '/crm/objects/2026-03/contacts/merge';
  const { body } = await portal.call({
    method: 'POST',
    route: 'merge',
    path,
    body: { primaryObjectId, objectIdToMerge },
  });
  return (body as { id: string }).id;
}

/** A HubSpot that answers every call with one body. */
async function startFixed(answer: (body: { inputs: { id: string }[] }) => { status: number; body: unknown }) {
  const bodies: { inputs: { id: string }[] }[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const asked = JSON.parse(text || '{"inputs":[]}') as { inputs: { id: string }[] };
      bodies.push(asked);
      const { status, body } = answer(asked);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const hubspot = makeHubSpot({ apiUrl, appUrl: apiUrl, version: '2026-03', timeoutMs: 2_000 });
  const governor = makeGovernor({ limit: 1_000 });
  onTestFinished(() => {
    governor.close();
    hubspot.close();
    server.close().closeAllConnections();
  });
  return {
    portal: hubspot.portal({ portalId: 1, accessToken: () => Promise.resolve('t'), governor, lane: 'live' }),
    bodies,
  };
}

describe('reading', () => {
  test('250 contacts cost three calls; those that are not there are named, not dropped', async () => {
    const { portal, calls } = await startSandboxPortal({ contacts: 248 });
    const { found, missing } = await readContactsById(portal, { ids: texts(numbered(250)), properties: ['email'] });
    expect(found.size).toBe(248);
    expect([...missing]).toEqual(['249', '250']);
    expect(found.get('7')).toMatchObject({ id: '7', properties: { email: 'contact-7@example.com' }, archived: false });
    expect(calls).toHaveLength(3);
    expect(new Set(calls.map(({ route }) => route))).toEqual(new Set(['POST /crm/objects/{v}/contacts/batch/read']));
  });

  test('a key asked twice, or an email in other letters, is one question and every asker has the answer', async () => {
    const { portal, calls } = await startSandboxPortal({ contacts: 2 });
    const emails = [
      'contact-1@example.com',
      'Contact-1@Example.com',
      'contact-1@example.com',
      ' contact-2@example.com',
      'no@example.com',
    ];
    const { found, missing } = await readContactsByEmail(portal, { emails, properties: ['firstname'] });
    expect([...found].map(([email, { id }]) => [email, id])).toEqual([
      ['contact-1@example.com', '1'],
      ['Contact-1@Example.com', '1'],
      [' contact-2@example.com', '2'],
    ]);
    expect([...missing]).toEqual(['no@example.com']);
    expect(calls).toHaveLength(1);
  });

  test('merged contacts answer to their old ids and both addresses, under the new id', async () => {
    const { portal } = await startSandboxPortal({ contacts: 4 });
    const survivor = await merge(portal, '1', '2');
    const byId = await readContactsById(portal, { ids: ['1', '2', '3', survivor], properties: ['email'] });
    expect([...byId.found].map(([asked, { id }]) => [asked, id])).toEqual([
      ['1', survivor],
      ['2', survivor],
      ['3', '3'],
      [survivor, survivor],
    ]);
    expect(byId.missing.size).toBe(0);
    const emails = ['contact-1@example.com', 'contact-2@example.com'];
    const byEmail = await readContactsByEmail(portal, { emails, properties: [] });
    expect(emails.map((email) => byEmail.found.get(email)?.id)).toEqual([survivor, survivor]);
  });

  test('a call that failed is thrown, never taken for "there is none"', async () => {
    const { portal, sandbox } = await startSandboxPortal({ contacts: 1 });
    sandbox.control.addFault({ path: '/crm/**', action: { kind: 'status', status: 503 } });
    await expect(readContactsById(portal, { ids: ['1'], properties: [] })).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });
    await expect(readDeals(portal, { ids: ['1'], properties: [] })).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });
  });

  test('an answer of another shape is said to be one', async () => {
    const { portal } = await startFixed(() => ({ status: 200, body: { results: [{ nothing: true }] } }));
    await expect(readContactsById(portal, { ids: ['1'], properties: [] })).rejects.toMatchObject({
      code: 'hubspot_malformed_reply',
      details: { fields: ['results.0.id'] },
    });
  });

  test('nothing asked, nothing called', async () => {
    const { portal, calls } = await startSandboxPortal();
    expect(await readContactsById(portal, { ids: [], properties: [] })).toEqual({
      found: new Map(),
      missing: new Set(),
    });
    expect(await updateContacts(portal, [])).toEqual(new Map());
    expect(calls).toHaveLength(0);
  });
});

describe('updating', () => {
  const update = (id: number | string, properties: Record<string, string>) => ({ id: String(id), properties });

  test('150 deals cost two calls and each has its outcome', async () => {
    const { portal, calls, sandbox } = await startSandboxPortal({ deals: 150 });
    const outcomes = await updateDeals(
      portal,
      numbered(150, 1001).map((id) => update(id, { amount: String(id) })),
    );
    expect(outcomes.size).toBe(150);
    expect([...outcomes.values()].every(({ ok }) => ok)).toBe(true);
    expect(calls).toHaveLength(2);
    const deal = sandbox.control.dump(portalId).objects['deals']?.records.find(({ id }) => id === '1150');
    expect(deal?.values['amount']).toBe('1150');
  });

  test('a record that is gone fails alone', async () => {
    const { portal } = await startSandboxPortal({ contacts: 2 });
    const outcomes = await updateContacts(portal, [
      update(1, { firstname: 'A' }),
      update(99, { firstname: 'B' }),
      update(2, { firstname: 'C' }),
    ]);
    expect(outcomes.get('1')).toEqual({ ok: true });
    expect(outcomes.get('2')).toEqual({ ok: true });
    expect(outcomes.get('99')).toMatchObject({ ok: false, error: { code: 'hubspot_not_found' } });
  });

  test('one bad value among a hundred is found, and the ninety-nine are written', async () => {
    const { portal, calls, sandbox } = await startSandboxPortal({ deals: 100 });
    const updates = numbered(100, 1001).map((id) => update(id, { amount: id === 1042 ? 'many' : '5' }));
    const outcomes = await updateDeals(portal, updates);
    expect([...outcomes].filter(([, { ok }]) => !ok).map(([id]) => id)).toEqual(['1042']);
    expect(outcomes.get('1042')).toMatchObject({
      error: { code: 'hubspot_validation', details: { errors: [{ property: 'amount' }] } },
    });
    const written = sandbox.control
      .dump(portalId)
      .objects['deals']?.records.filter(({ values }) => values['amount'] === '5');
    expect(written).toHaveLength(99);
    expect(calls.length).toBeLessThanOrEqual(15);
  });

  test('a property that is read-only or unknown fails those who set it in two calls, not two hundred', async () => {
    const { portal, calls } = await startSandboxPortal({ contacts: 100 });
    const updates = numbered(100).map((id) =>
      update(id, id % 2 ? { firstname: 'A' } : { firstname: 'A', not_there: 'x' }),
    );
    const outcomes = await updateContacts(portal, updates);
    expect([...outcomes.values()].filter(({ ok }) => ok)).toHaveLength(50);
    expect(outcomes.get('2')).toMatchObject({
      error: { details: { errors: [{ code: 'PROPERTY_DOESNT_EXIST', property: 'not_there' }] } },
    });
    expect(calls).toHaveLength(2);
  });

  test('the same record twice is one row; later values win', async () => {
    const { portal, sandbox } = await startSandboxPortal({ contacts: 1 });
    const outcomes = await updateContacts(portal, [
      update(1, { firstname: 'A', lastname: 'L' }),
      update(1, { firstname: 'B' }),
    ]);
    expect([...outcomes]).toEqual([['1', { ok: true }]]);
    expect(sandbox.control.dump(portalId).objects['contacts']?.records[0]?.values).toMatchObject({
      firstname: 'B',
      lastname: 'L',
    });
  });

  test('an update under the old id of a merged contact reaches the survivor and counts as done', async () => {
    const { portal } = await startSandboxPortal({ contacts: 3 });
    const survivor = await merge(portal, '1', '2');
    const outcomes = await updateContacts(portal, [
      update(1, { firstname: 'Merged' }),
      update(3, { firstname: 'Other' }),
    ]);
    expect([...outcomes.values()].map(({ ok }) => ok)).toEqual([true, true]);
    const { found } = await readContactsById(portal, { ids: [survivor], properties: ['firstname'] });
    expect(found.get(survivor)?.properties['firstname']).toBe('Merged');
  });

  test('a row that HubSpot leaves out of its answer is a failure, not a success', async () => {
    const { portal, bodies } = await startFixed(({ inputs }) => ({
      status: 200,
      body: {
        status: 'COMPLETE',
        results: inputs.filter(({ id }) => id !== '2').map(({ id }) => ({ id, properties: {} })),
      },
    }));
    const outcomes = await updateContacts(portal, [update(1, { a: '1' }), update(2, { a: '1' })]);
    expect(outcomes.get('1')).toEqual({ ok: true });
    expect(outcomes.get('2')).toMatchObject({ ok: false, error: { code: 'hubspot_malformed_reply' } });
    expect(bodies.map(({ inputs }) => inputs.length)).toEqual([2, 1]);
  });

  test.each([
    [429, 'hubspot_rate_limited'],
    [503, 'hubspot_unavailable'],
    [504, 'hubspot_outcome_unknown'],
    [403, 'hubspot_insufficient_permissions'],
  ])('%d is thrown, and no row is blamed', async (status, code) => {
    const { portal, sandbox } = await startSandboxPortal({ contacts: 1 });
    sandbox.control.addFault({ path: '/crm/**/batch/update', action: { kind: 'status', status } });
    await expect(updateContacts(portal, [update(1, { firstname: 'A' })])).rejects.toMatchObject({ code });
  });

  test('a property just made can be written', async () => {
    const { portal } = await startSandboxPortal({ contacts: 1 });
    const property = {
      name: 'elido_n',
      label: 'N',
      type: 'number',
      fieldType: 'number',
      groupName: 'contactinformation',
    } as const;
    await ensureProperty(portal, { objectType: 'contacts', property });
    expect(await updateContacts(portal, [update(1, { elido_n: '3' })])).toEqual(new Map([['1', { ok: true }]]));
  });
});

describe('associations', () => {
  async function seeded(links: [contact: number, deal: number][]) {
    const box = await startSandboxPortal({ contacts: 5, deals: 6 });
    const inputs = links.map(([from, to]) => ({
      from: { id: String(from) },
      to: { id: String(to) },
      types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }],
    }));
    const path = '/crm/associations/2026-03/contacts/deals/batch/create';
    await box.portal.call({ method: 'POST', route: 'associate', path, body: { inputs } });
    box.calls.length = 0;
    return box;
  }
  const deals = { from: 'contacts', to: 'deals' } as const;

  test.each(['number', 'string'] as const)(
    'ids are texts when the wire sends a %s; no associations is an empty list',
    async (toObjectId) => {
      const { portal, sandbox, calls } = await seeded([
        [1, 1001],
        [1, 1002],
        [2, 1003],
      ]);
      sandbox.control.setSwitches({ toObjectId });
      const { found, missing } = await readAssociations(portal, { ...deals, ids: ['1', '2', '3', '1'] });
      expect(found.get('1')?.toSorted()).toEqual(['1001', '1002']);
      expect(found.get('2')).toEqual(['1003']);
      expect(found.get('3')).toEqual([]);
      expect(missing.size).toBe(0);
      expect(calls).toHaveLength(1);
    },
  );

  test('all pages are read', async () => {
    const { portal, sandbox, calls } = await seeded(numbered(6, 1001).map((deal) => [1, deal]));
    sandbox.control.setSwitches({ associationPageSize: 2 });
    const { found } = await readAssociations(portal, { ...deals, ids: ['1', '2'] });
    expect(found.get('1')).toHaveLength(6);
    expect(found.get('2')).toEqual([]);
    expect(calls).toHaveLength(3);
  });

  test('a contact that is not there is not taken for one without deals... unless HubSpot says so', async () => {
    const { portal } = await startFixed(({ inputs }) => ({
      status: 207,
      body: {
        results: [],
        errors: inputs.map(({ id }) => ({
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          ...(id === '1' ? { subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND' } : {}),
          context: { fromObjectId: [id] },
        })),
      },
    }));
    const { found, missing } = await readAssociations(portal, { ...deals, ids: ['1', '2'] });
    expect([...found]).toEqual([['1', []]]);
    expect([...missing]).toEqual(['2']);
  });

  test('a merged contact answers to its old id', async () => {
    const { portal } = await seeded([
      [1, 1001],
      [2, 1002],
    ]);
    await merge(portal, '1', '2');
    const { found, missing } = await readAssociations(portal, { ...deals, ids: ['1'] });
    expect(missing.size).toBe(0);
    expect(found.get('1')?.toSorted()).toEqual(['1001', '1002']);
  });

  test('1,500 contacts cost two calls', async () => {
    const { portal, calls } = await startSandboxPortal({ contacts: 1_500 });
    const { found } = await readAssociations(portal, { ...deals, ids: texts(numbered(1_500)) });
    expect(found.size).toBe(1_500);
    expect(calls).toHaveLength(2);
  });

  test('a failed call is thrown, not read as "no deals"', async () => {
    const { portal, sandbox } = await seeded([[1, 1001]]);
    sandbox.control.addFault({ path: '/crm/associations/**', action: { kind: 'close', when: 'after' } });
    await expect(readAssociations(portal, { ...deals, ids: ['1'] })).rejects.toMatchObject({
      code: 'hubspot_unavailable',
    });
  });
});
