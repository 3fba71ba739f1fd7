// What can be done with a connection once it is there: pause, disconnect, map.
import { describe, expect, it } from 'vitest';
import { installPortal } from '../helpers/install.ts';
import { testAppId, type TestSandbox } from '../helpers/start-test-sandbox.ts';
import { type Tenant, type TestServer } from '../helpers/start-test-server.ts';
import { connectionsOf, useInstallations } from './use-installations.ts';

let sandbox: TestSandbox;
let server: TestServer;
let tenant: Tenant;
useInstallations((made) => {
  ({ sandbox, server, tenant } = made);
});

describe('a connection', () => {
  it("of another workspace is not there, and its portal's health is not shown", async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const other = await server.makeTenant();
    const address = `/v1/connections/${id}`;
    const replies = await Promise.all([
      other.api.get(address),
      other.api.patch(address).send({ state: 'paused' }),
      other.api.delete(address),
      other.api.get(`${address}/field-mapping`),
      other.api.put(`${address}/field-mapping`).send({ rows: [] }),
    ]);
    expect(replies.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(await connectionsOf(other)).toEqual([]);
    expect((await connectionsOf(tenant))[0].state).toBe('active');
  });

  it.each([
    [{ state: 'disconnected' }, 'state'],
    [{ mode: 'everything' }, 'mode'],
    [{ dialect: { $gt: '' } }, 'dialect'],
    [{ portal_id: 1 }, 'portal_id'],
  ])('refuses the change %j', async (change, field) => {
    const id = await installPortal({ server, sandbox, tenant });
    const { status, body } = await tenant.api.patch(`/v1/connections/${id}`).send(change);
    expect([status, body.error.field]).toEqual([400, field]);
  });

  it('pauses and resumes', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    expect((await tenant.api.patch(`/v1/connections/${id}`).send({ state: 'paused' })).body.state).toBe('paused');
    expect((await tenant.api.patch(`/v1/connections/${id}`).send({ state: 'active' })).body.state).toBe('active');
  });

  it('is disconnected, and HubSpot is told when nobody else uses the portal', async () => {
    const portalId = 70_003;
    sandbox.control.seed({ portals: [{ portalId, name: 'Shared' }] });
    const other = await server.makeTenant();
    const ids = [
      await installPortal({ server, sandbox, tenant, portalId }),
      await installPortal({ server, sandbox, tenant: other, portalId }),
    ];
    const first = await tenant.api.delete(`/v1/connections/${ids[0]}`);
    expect(first.body).toMatchObject({
      hubspot: 'kept',
      connection: { state: 'disconnected', health: { state: 'connected' } },
    });
    const second = await other.api.delete(`/v1/connections/${ids[1]}`);
    expect(second.body).toMatchObject({ hubspot: 'uninstalled', connection: { health: { state: 'uninstalled' } } });
    expect(sandbox.control.uninstall({ appId: testAppId, portalId })).toBe(false);
    const again = await other.api.patch(`/v1/connections/${ids[1]}`).send({ state: 'active' });
    expect([again.status, again.body.error.code]).toEqual([409, 'conflict']);
  });

  it('is disconnected even when HubSpot does not answer, and the call can be repeated', async () => {
    const portalId = 70_004;
    sandbox.control.seed({ portals: [{ portalId, name: 'Silent' }] });
    const id = await installPortal({ server, sandbox, tenant, portalId });
    const fault = sandbox.control.addFault({
      method: 'DELETE',
      path: '/appinstalls/**',
      action: { kind: 'status', status: 503 },
    });
    const failed = await tenant.api.delete(`/v1/connections/${id}`);
    expect(failed.body).toMatchObject({ hubspot: 'failed', connection: { state: 'disconnected' } });
    sandbox.control.clearFaults(fault.id);
    expect((await tenant.api.delete(`/v1/connections/${id}`)).body.hubspot).toBe('uninstalled');
  });

  it('refuses a mapping onto a property that keeps its first value, naming row and reason', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const rows = [{ source: 'utm_source', object: 'contact', property: 'hs_analytics_source' }];
    const { status, body } = await tenant.api.put(`/v1/connections/${id}/field-mapping`).send({ rows });
    expect([status, body.error.code]).toEqual([422, 'mapping_refused']);
    expect(body.error.details.rows).toMatchObject([
      { row: 0, property: 'hs_analytics_source', reason: expect.any(String) },
    ]);
  });

  it('takes a mapping onto a text property of the portal', async () => {
    const id = await installPortal({ server, sandbox, tenant });
    const rows = [{ source: 'utm_source', object: 'contact', property: 'jobtitle' }];
    expect((await tenant.api.put(`/v1/connections/${id}/field-mapping`).send({ rows })).body).toEqual({ rows });
    expect((await tenant.api.get(`/v1/connections/${id}/field-mapping`)).body).toEqual({ rows });
  });

  it('lets an Elido contact be linked without naming the only portal', async () => {
    const portalId = 70_005;
    sandbox.control.seed({ portals: [{ portalId, name: 'Only' }] });
    await installPortal({ server, sandbox, tenant, portalId });
    const { status, body } = await tenant.api.put('/v1/contacts/jane').send({ hs_contact_id: 501 });
    expect([status, body]).toEqual([200, { elido_contact_id: 'jane', hs_contact_id: '501', portal_id: portalId }]);
  });
});
