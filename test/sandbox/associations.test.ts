import { describe, expect, it } from 'vitest';
import { startPortal } from './harness.ts';

const batch = (verb: string, pair = 'contacts/deals', version = '2026-03') =>
  `/crm/associations/${version}/${pair}/batch/${verb}`;

describe('association batch read', () => {
  it('turns a record without associations into an error row and the answer into 207', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', batch('read'), { body: { inputs: [{ id: '101' }, { id: '102' }] } });
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      status: 'COMPLETE',
      results: [
        {
          from: { id: '101' },
          to: [{ toObjectId: 301, associationTypes: [{ category: 'HUBSPOT_DEFINED', typeId: 4, label: null }] }],
        },
      ],
      numErrors: 1,
      errors: [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          subCategory: 'crm.associations.NO_ASSOCIATIONS_FOUND',
          message: 'No deal is associated with contact 102.',
          context: { fromObjectId: ['102'], fromObjectType: ['contact'], toObjectType: ['deal'] },
        },
      ],
    });
  });

  it('writes ids as numbers on v4, and on dated paths as the switch says', async () => {
    const { call, sandbox } = await startPortal();
    sandbox.control.setSwitches({ toObjectId: 'string' });
    const idOn = async (path: string) => {
      const answer = await call('POST', path, { body: { inputs: [{ id: '101' }] } });
      return answer.body['results']?.[0]?.['to']?.[0]?.['toObjectId'];
    };
    expect(await idOn('/crm/v4/associations/contacts/deals/batch/read')).toBe(301);
    expect(await idOn(batch('read'))).toBe('301');
  });

  it('pages within one record', async () => {
    const { call, sandbox } = await startPortal();
    sandbox.control.setSwitches({ associationPageSize: 1 });
    await call('PUT', '/crm/v4/objects/contacts/102/associations/default/deals/301');
    const first = await call('POST', batch('read', 'deals/contacts'), { body: { inputs: [{ id: '301' }] } });
    const row = first.body['results']?.[0];
    expect(row?.['to']?.[0]?.['toObjectId']).toBe(101);
    const after = row?.['paging']?.['next']?.['after'];
    const second = await call('POST', batch('read', 'deals/contacts'), { body: { inputs: [{ id: '301', after }] } });
    expect(second.body['results']?.[0]?.['to']?.[0]?.['toObjectId']).toBe(102);
    expect(second.body['results']?.[0]?.['paging']).toBeUndefined();
  });

  it('takes 1,000 inputs and refuses 1,001', async () => {
    const { call } = await startPortal();
    const inputs = Array.from({ length: 1001 }, (_, index) => ({ id: String(index + 1) }));
    expect((await call('POST', batch('read'), { body: { inputs } })).status).toBe(400);
    expect((await call('POST', batch('read'), { body: { inputs: inputs.slice(1) } })).status).toBe(207);
  });

  it('does not show archived records', async () => {
    const { call } = await startPortal();
    await call('DELETE', '/crm/v3/objects/deals/301');
    const answer = await call('POST', batch('read'), { body: { inputs: [{ id: '101' }] } });
    expect(answer.body['numErrors']).toBe(1);
  });
});

describe('associations of one record', () => {
  const base = '/crm/objects/2026-03/contacts/102/associations';
  const typeIds = (answer: { body: { [name: string]: unknown } }) =>
    (answer.body['results'] as { associationTypes: { typeId: number }[] }[]).flatMap(({ associationTypes }) =>
      associationTypes.map(({ typeId }) => typeId),
    );

  it('are set with a type, seen from both sides, and removed', async () => {
    const { call } = await startPortal();
    const body = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 1 }];
    expect((await call('PUT', `${base}/companies/201`, { body })).status).toBe(201);
    expect(typeIds(await call('GET', `${base}/companies`))).toEqual([279, 1]);
    expect(typeIds(await call('GET', '/crm/v4/objects/companies/201/associations/contacts'))).toEqual([280, 2]);
    expect((await call('DELETE', `${base}/companies/201`)).status).toBe(204);
    expect((await call('GET', `${base}/companies`)).body).toEqual({ results: [] });
  });

  it('are set with the default type', async () => {
    const { call } = await startPortal();
    expect((await call('PUT', `${base}/default/deals/301`)).status).toBe(200);
    expect(typeIds(await call('GET', '/crm/v4/objects/deals/301/associations/contacts'))).toEqual([3, 3]);
  });

  it('refuse a type that belongs to another pair, and records that do not exist', async () => {
    const { call } = await startPortal();
    const body = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 202 }];
    expect((await call('PUT', `${base}/companies/201`, { body })).status).toBe(400);
    expect((await call('PUT', `${base}/default/deals/999`)).status).toBe(404);
  });

  it('are not on v3 paths', async () => {
    const { call } = await startPortal();
    expect((await call('GET', '/crm/v3/objects/contacts/101/associations/deals')).status).toBe(404);
  });
});

describe('association batches that write', () => {
  it('create with 201, or 207 when a record is missing; archive with 200', async () => {
    const { call } = await startPortal();
    const types = [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: 4 }];
    const input = (from: string) => ({ from: { id: from }, to: { id: '301' }, types });
    expect((await call('POST', batch('create'), { body: { inputs: [input('102')] } })).status).toBe(201);
    const partial = await call('POST', batch('create'), { body: { inputs: [input('101'), input('999')] } });
    expect([partial.status, partial.body['numErrors']]).toEqual([207, 1]);
    const gone = await call('POST', batch('archive'), {
      body: { inputs: [{ from: { id: '102' }, to: [{ id: '301' }] }] },
    });
    expect(gone.status).toBe(200);
    const read = await call('POST', batch('read'), { body: { inputs: [{ id: '102' }] } });
    expect(read.body['numErrors']).toBe(1);
  });
});
