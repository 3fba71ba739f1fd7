// A small world for a journey: sandbox, server and worker in one process, one tenant connected to one portal.
import { setTimeout as sleep } from 'node:timers/promises';
import type { SeedInput } from '../../sandbox/control/seed-schema.ts';
import type { TimelineEvent } from '../../sandbox/state/timeline.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { requiredScopeNames } from '../../server/domain/scopes.ts';
import { tokenAad } from '../../server/flows/tokens/credentials.ts';
import { startWorker, type Worker, type WorkerOptions } from '../../server/jobs/worker.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import type { Connection, DialectName } from '../../server/store/connections.ts';
import { startTestSandbox, testAppId, testPortalId, type TestSandbox } from './start-test-sandbox.ts';
import { startTestServer, type Tenant, type TestServer } from './start-test-server.ts';

export { testAppId, testPortalId };

export interface TestWorld {
  server: TestServer;
  sandbox: TestSandbox;
  tenant: Tenant;
  connection: Connection;
  /** Moves the clocks of server and sandbox. */
  advance(ms: number): void;
  /** Joins a workspace to a portal as an installation would, without the browser. */
  connect(options: { tenant?: Tenant; portalId?: number; dialect?: DialectName }): Promise<Connection>;
  /** Sends clicks through the API; slug `q2-pricing` is there. */
  click(clicks: Record<string, unknown>[]): Promise<void>;
  /** Waits until nothing of the portal is due any more. */
  settled(portalId?: number): Promise<void>;
  delivery(eventId: string, workspace?: Tenant): Promise<Delivery>;
  /** Accepted timeline events of a record, doubled ones included. */
  eventsOf(object: 'contacts' | 'deals', id: string, portalId?: number): TimelineEvent[];
  /** Notes on a record, by their text. */
  notesOf(object: 'contacts' | 'deals', id: string): string[];
  record(object: 'contacts' | 'deals', id: string, portalId?: number): Record<string, string>;
  stopWorker(): Promise<void>;
  startWorker(): void;
  close(): Promise<void>;
}

interface WorldOptions {
  dialect?: DialectName;
  env?: Record<string, string>;
  portal?: Partial<NonNullable<SeedInput['portals']>[number]>;
  worker?: WorkerOptions;
}

/** Contacts 501 to 505 (`c501@example.com`), deal 701 (open, of 501), deal 702 (closed, of 501), deal 703 (open, of 502). */
export async function startTestWorld({
  dialect = 'app_events',
  env = {},
  portal = {},
  worker: workerOptions = {},
}: WorldOptions = {}): Promise<TestWorld> {
  const clock = makeMovableClock();
  const sandbox = await startTestSandbox();
  sandbox.control.seed({ portals: [seedPortal(testPortalId, portal)] });
  const server = await startTestServer({
    env: { ...sandbox.env, HUBSPOT_DEVELOPER_API_KEY: 'test-developer-key', ...env },
    now: clock.now,
  });
  const { context } = server;
  sandbox.registerApp({ publicUrl: server.url });
  // As for an app that owned templates before HubSpot closed them to new ones.
  sandbox.control.setSwitches({ timelineTemplates: 'open' });
  const tenant = await server.makeTenant();
  let worker: Worker | null = null;
  const run = () => {
    worker = startWorker(context, { idleMs: 20, ...workerOptions });
    context.nudge = worker.nudge;
  };
  run();

  const world: TestWorld = {
    server,
    sandbox,
    tenant,
    connection: null as unknown as Connection,
    advance(ms) {
      clock.advance(ms);
      sandbox.control.setClock({ advanceMs: ms });
    },
    async connect({ tenant: who = tenant, portalId = testPortalId, dialect: name = dialect }) {
      const grant = sandbox.control.install({ appId: testAppId, portalId });
      const seal = (token: string, field: 'access' | 'refresh') => context.vault.seal(token, tokenAad(portalId, field));
      await context.store.portals.saveInstall({
        portalId,
        hubDomain: `portal-${portalId}.example.com`,
        accessToken: seal(grant.accessToken, 'access'),
        refreshToken: seal(grant.refreshToken, 'refresh'),
        expiresAt: clock.now() + 1_800_000,
        scopes: [...requiredScopeNames],
        userId: null,
        storedBy: context.config.publicUrl,
        now: clock.now(),
      });
      const id = context.newId('connection');
      return context.store.connections.connect({
        id,
        workspaceId: who.workspaceId,
        portalId,
        dialect: name,
        now: clock.now(),
      });
    },
    async click(clicks) {
      await tenant.api
        .post('/v1/clicks')
        .send({ clicks: clicks.map((click) => ({ slug: 'q2-pricing', ...click })) })
        .expect(202);
    },
    settled: (portalId = testPortalId) =>
      until(`portal ${portalId} has nothing due`, async () => {
        const next = await context.store.deliveries.nextDueAt(portalId);
        return next === null || next > clock.now();
      }),
    async delivery(eventId, who = tenant) {
      const [delivery] = await context.store.deliveries.listOfEvent({ workspaceId: who.workspaceId, eventId });
      if (!delivery) throw new Error(`There is no delivery of ${eventId}.`);
      return delivery;
    },
    eventsOf: (objectType, objectId, portalId = testPortalId) =>
      sandbox.control.events(portalId, { objectType, objectId }).events,
    notesOf(object, id) {
      const { objects, associations } = sandbox.control.dump(testPortalId);
      const record = `${object === 'contacts' ? '0-1' : '0-3'}/${id}`;
      const notes = associations.flatMap(({ from, to }) =>
        from === record && to.startsWith('0-46/') ? [to.slice(5)] : [],
      );
      const texts = new Map(objects['notes']?.records.map((note) => [note.id, note.values['hs_note_body'] ?? '']));
      return notes.map((note) => texts.get(note) ?? '');
    },
    record(object, id, portalId = testPortalId) {
      const found = sandbox.control.dump(portalId).objects[object]?.records.find((one) => one.id === id);
      if (!found) throw new Error(`The sandbox has no ${object} ${id}.`);
      return found.values;
    },
    async stopWorker() {
      await worker?.stop();
      worker = null;
    },
    startWorker: run,
    async close() {
      await worker?.stop();
      await server.close();
      await sandbox.close();
    },
  };
  world.connection = await world.connect({});
  await tenant.api
    .post('/v1/links')
    .send({
      slug: 'q2-pricing',
      title: 'Q2 pricing PDF',
      destination: 'https://www.example.com/pricing.pdf',
      tags: ['sales-collateral'],
      utm: { source: 'webinar', campaign: 'q2-pricing', medium: 'email' },
    })
    .expect(201);
  await until('the portal is provisioned', async () => {
    const found = await context.store.portals.find(testPortalId);
    if (found?.provisioning.state === 'failed') throw new Error(JSON.stringify(found.provisioning.steps));
    return found?.provisioning.state === 'ready';
  });
  return world;
}

function seedPortal(portalId: number, more: WorldOptions['portal']): NonNullable<SeedInput['portals']>[number] {
  const deal = (id: string, dealstage: string) => ({
    id,
    properties: { dealname: `Deal ${id}`, amount: '9000', pipeline: 'default', dealstage },
  });
  const contactOf = (contact: string, dealId: string) => ({
    from: { type: 'contacts' as const, id: contact },
    to: { type: 'deals' as const, id: dealId },
  });
  return {
    portalId,
    name: 'Journey account',
    contacts: ['501', '502', '503', '504', '505'].map((id) => ({
      id,
      properties: {
        email: `c${id}@example.com`,
        firstname: 'Contact',
        lastname: id,
        hs_analytics_source: 'DIRECT_TRAFFIC',
      },
    })),
    deals: [deal('701', 'appointmentscheduled'), deal('702', 'closedlost'), deal('703', 'qualifiedtobuy')],
    associations: [contactOf('501', '701'), contactOf('501', '702'), contactOf('502', '703')],
    ...more,
  };
}

/** Looks again and again. The patience is for machines that others load: it says when to give up, not what is fast enough. */
export async function until(
  what: string,
  look: () => Promise<boolean> | boolean,
  patienceMs = 60_000,
  everyMs = 15,
): Promise<void> {
  const endAt = performance.now() + patienceMs;
  while (!(await look())) {
    if (performance.now() > endAt) throw new Error(`Waited ${patienceMs / 1_000} seconds in vain: ${what}.`);
    await sleep(everyMs);
  }
}
