import { describe, expect, it } from 'vitest';
import { startPortal } from './harness.ts';

const BATCH = '/crm/objects/2026-03/contacts/batch';

describe('batch read', () => {
  it('answers 207 with one grouped row for all ids that are missing', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', `${BATCH}/read`, {
      body: { inputs: [{ id: '101' }, { id: '998' }, { id: '999' }], properties: ['email'] },
    });
    expect(answer.status).toBe(207);
    expect(answer.body).toMatchObject({
      status: 'COMPLETE',
      numErrors: 2,
      errors: [
        {
          status: 'error',
          category: 'OBJECT_NOT_FOUND',
          message: 'Could not get some CONTACT objects, they may be deleted or not exist. Check that ids are valid.',
          context: { ids: ['998', '999'] },
        },
      ],
    });
    expect(answer.body['results']).toHaveLength(1);
  });

  it('reads by e-mail address with idProperty and answers 200 when all are there', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', `${BATCH}/read`, {
      body: { inputs: [{ id: 'first@example.com' }, { id: 'se+cond@example.com' }], idProperty: 'email' },
    });
    expect(answer.status).toBe(200);
    expect(answer.body['errors']).toBeUndefined();
  });

  it.each(['read', 'update', 'upsert', 'archive'])('batch/%s refuses duplicate ids as a whole', async (verb) => {
    const { call } = await startPortal();
    const input = { id: '101', properties: { city: 'Bath' } };
    const answer = await call('POST', `${BATCH}/${verb}`, { body: { inputs: [input, input] } });
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      message: 'Duplicate IDs found in batch input: [101]. IDs must be unique',
      context: { ids: ['101'] },
    });
  });

  it('takes at most 100 inputs', async () => {
    const { call } = await startPortal();
    const inputs = Array.from({ length: 101 }, (_, index) => ({ id: String(index + 1) }));
    expect((await call('POST', `${BATCH}/read`, { body: { inputs } })).status).toBe(400);
  });
});

describe('batch update', () => {
  it('writes the known rows and names the unknown ones in a 207', async () => {
    const { call } = await startPortal();
    const inputs = ['101', '999'].map((id) => ({ id, properties: { city: 'Bath' } }));
    const answer = await call('POST', `${BATCH}/update`, { body: { inputs } });
    expect([answer.status, answer.body['numErrors']]).toEqual([207, 1]);
    expect((await call('GET', '/crm/v3/objects/contacts/101?properties=city')).body['properties']?.['city']).toBe(
      'Bath',
    );
  });

  it('writes nothing at all when one row has a bad property', async () => {
    const { call } = await startPortal();
    const inputs = [
      { id: '101', properties: { city: 'Bath' } },
      { id: '102', properties: { hs_analytics_source: 'OFFLINE' } },
    ];
    const answer = await call('POST', `${BATCH}/update`, { body: { inputs } });
    expect([answer.status, answer.body['errors']?.[0]?.['code']]).toEqual([400, 'READ_ONLY_VALUE']);
    expect((await call('GET', '/crm/v3/objects/contacts/101?properties=city')).body['properties']?.['city']).toBeNull();
  });
});

describe('batch create', () => {
  const fresh = { properties: { email: 'fresh@example.com' } };
  const taken = { properties: { email: 'first@example.com' } };

  it('fails as a whole without trace ids, and does not say which id exists', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', `${BATCH}/create`, { body: { inputs: [fresh, taken] } });
    expect([answer.status, answer.body['message']]).toEqual([409, 'Contact already exists']);
    expect((await call('GET', '/crm/v3/objects/contacts/fresh%40example.com?idProperty=email')).status).toBe(404);
  });

  it('becomes row by row when every input carries its own trace id', async () => {
    const { call } = await startPortal();
    const inputs = [fresh, taken].map((input, index) => ({ ...input, objectWriteTraceId: String(index) }));
    const answer = await call('POST', `${BATCH}/create`, { body: { inputs } });
    expect(answer.status).toBe(207);
    expect(answer.body['results']?.[0]?.['objectWriteTraceId']).toBe('0');
    expect(answer.body['errors']).toEqual([
      {
        status: 'error',
        category: 'CONFLICT',
        message: 'Contact already exists. Existing ID: 101',
        context: { objectWriteTraceId: ['1'], existingId: ['101'] },
      },
    ]);
  });

  it('does not become row by row when two inputs share a trace id', async () => {
    const { call } = await startPortal();
    const inputs = [fresh, taken].map((input) => ({ ...input, objectWriteTraceId: 'same' }));
    expect((await call('POST', `${BATCH}/create`, { body: { inputs } })).status).toBe(409);
  });

  it('answers 201 when all went well', async () => {
    const { call } = await startPortal();
    expect((await call('POST', `${BATCH}/create`, { body: { inputs: [fresh] } })).status).toBe(201);
  });
});

describe('batch upsert and archive', () => {
  it('upsert by address says what is new', async () => {
    const { call } = await startPortal();
    const inputs = ['first@example.com', 'fresh@example.com'].map((id) => ({
      id,
      idProperty: 'email',
      properties: { city: 'Bath' },
    }));
    const answer = await call('POST', `${BATCH}/upsert`, { body: { inputs } });
    expect(answer.status).toBe(200);
    expect([...(answer.body['results'] ?? [])].map((row) => row['new'])).toEqual([false, true]);
  });

  it('upsert by an unknown record id is an error row', async () => {
    const { call } = await startPortal();
    const inputs = [{ id: '999', properties: { city: 'Bath' } }];
    expect((await call('POST', `${BATCH}/upsert`, { body: { inputs } })).status).toBe(207);
  });

  it('archive is 204 whether or not the records exist', async () => {
    const { call } = await startPortal();
    const answer = await call('POST', `${BATCH}/archive`, { body: { inputs: [{ id: '101' }, { id: '999' }] } });
    expect(answer.status).toBe(204);
    expect((await call('GET', '/crm/v3/objects/contacts/101')).status).toBe(404);
  });
});

describe('two rows of one batch', () => {
  const emails = ['same@example.com', 'SAME@example.com'];
  const total = async (call: (method: string, path: string) => Promise<{ body: { [name: string]: unknown } }>) =>
    ((await call('GET', '/crm/v3/objects/contacts?limit=100')).body['results'] as unknown[]).length;

  it('cannot create the same address twice', async () => {
    const { call } = await startPortal();
    const inputs = emails.map((email) => ({ properties: { email } }));
    expect((await call('POST', `${BATCH}/create`, { body: { inputs } })).status).toBe(409);
    expect(await total(call)).toBe(2);
  });

  it('cannot upsert the same address twice', async () => {
    const { call } = await startPortal();
    const inputs = emails.map((id) => ({ id, idProperty: 'email', properties: {} }));
    expect((await call('POST', `${BATCH}/upsert`, { body: { inputs } })).status).toBe(409);
    expect(await total(call)).toBe(2);
  });

  it('cannot give two contacts the same address', async () => {
    const { call } = await startPortal();
    const inputs = ['101', '102'].map((id) => ({ id, properties: { email: 'same@example.com' } }));
    const answer = await call('POST', `${BATCH}/update`, { body: { inputs } });
    expect([answer.status, answer.body['category']]).toEqual([400, 'VALIDATION_ERROR']);
  });
});
