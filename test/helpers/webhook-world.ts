// A test world whose sandbox sends its webhooks to the server, and whose server works on them.
import { expect } from 'vitest';
import { startWebhookWork } from '../../server/jobs/webhook-work.ts';
import { startTestWorld, testAppId, testPortalId, until, type TestWorld } from './start-test-world.ts';

type PersonAction = Parameters<TestWorld['sandbox']['control']['webhooks']['act']>[1];

export interface WebhookWorld extends TestWorld {
  /** A person does something in HubSpot; returns the id of the record. */
  act(action: PersonAction, portalId?: number): string;
  /** Lets HubSpot send what it has to tell, and waits until all of it was worked on and delivered. */
  told(): Promise<void>;
  /** The receipts as stored. */
  receipts(): Promise<Record<string, unknown>[]>;
  /** Everything in the store, as one text. */
  dump(): Promise<string>;
  stopWebhookWork(): Promise<void>;
  startWebhookWork(): void;
}

/** A thousand merges have a long tail. */
const longPatienceMs = 300_000;

const crm = ['creation', 'deletion', 'restore', 'merge'];

export async function startWebhookWorld(options: Parameters<typeof startTestWorld>[0] = {}): Promise<WebhookWorld> {
  const world = await startTestWorld(options);
  const { context, store } = world.server;
  const { control } = world.sandbox;
  control.webhooks.register({
    appId: testAppId,
    targetUrl: `${context.config.publicUrl}/webhooks/hubspot`,
    subscriptions: [
      ...['contact', 'deal', 'company'].flatMap((name) => crm.map((kind) => ({ subscriptionType: `${name}.${kind}` }))),
      { subscriptionType: 'contact.privacyDeletion' },
      { subscriptionType: 'contact.propertyChange', propertyName: 'email' },
      { subscriptionType: 'deal.propertyChange', propertyName: 'dealstage' },
    ],
  });
  const start = () => startWebhookWork(context, { everyMs: 20 });
  let work: ReturnType<typeof start> | null = start();
  const receipts = () => store.client.db().collection('webhook_receipts').find({}).toArray();
  const stop = async () => {
    await work?.stop();
    work = null;
  };
  return {
    ...world,
    act: (action, portalId = testPortalId) => control.webhooks.act(portalId, action).id,
    async told() {
      await control.webhooks.flush();
      expect(control.webhooks.report().pending).toBe(0);
      const due = { dueAt: { $exists: true } };
      const receiptsDue = () => store.client.db().collection('webhook_receipts').findOne(due);
      await until('every webhook was worked on', async () => (await receiptsDue()) === null, longPatienceMs);
      const nothingUntil = async (what: string, next: () => Promise<number | null>) =>
        until(what, async () => ((await next()) ?? Number.POSITIVE_INFINITY) > context.now(), longPatienceMs);
      await nothingUntil('nothing is to be counted again', () => context.store.touches.nextRecountAt(testPortalId));
      await nothingUntil('nothing is due', () => context.store.deliveries.nextDueAt(testPortalId));
    },
    receipts,
    async dump() {
      const database = store.client.db();
      const names = (await database.listCollections().toArray()).map(({ name }) => name);
      const all = await Promise.all(names.map((name) => database.collection(name).find({}).toArray()));
      return JSON.stringify(all);
    },
    stopWebhookWork: stop,
    startWebhookWork() {
      work = start();
    },
    async close() {
      await stop();
      await world.close();
    },
  };
}
