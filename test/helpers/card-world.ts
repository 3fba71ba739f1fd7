// A test world with a way to ask as a card does. User 1 connected the account.
import type { z } from 'zod';
import { makeCardCaller, type CardCall, type CardCaller } from './card-caller.ts';
import { startTestWorld, testAppId, testPortalId, type TestWorld } from './start-test-world.ts';

export interface CardWorld extends TestWorld {
  card: CardCaller;
  /** A reply with 200, as the contract reads it: nothing missing, nothing of another type. */
  asked<S extends z.ZodType>(schema: S, path: string, call?: CardCall): Promise<z.infer<S>>;
  /** A reply that refuses: its status and code. */
  refused(path: string, call?: CardCall): Promise<string>;
}

export async function startCardWorld(options: Parameters<typeof startTestWorld>[0] = {}): Promise<CardWorld> {
  const world = await startTestWorld({ ...options, env: { CLICK_MAX_AGE_DAYS: '200', ...options.env } });
  const { context, url, store } = world.server;
  // Connected long ago, so that clicks of the past are forwarded.
  const connectedAt = new Date(context.now() - 200 * 24 * 3600_000);
  await store.client.db().collection('connections').updateMany({}, { $set: { connectedAt } });
  await store.client
    .db()
    .collection('portals')
    .updateOne({ _id: testPortalId as never }, { $set: { userId: 1 } });
  const card = makeCardCaller({
    url,
    publicUrl: context.config.publicUrl,
    secret: 'test-client-secret',
    portalId: testPortalId,
    appId: testAppId,
    now: () => context.now(),
  });
  return {
    ...world,
    card,
    async asked(schema, path, call) {
      const reply = await card(path, call);
      if (reply.status !== 200)
        throw new Error(`${path} was answered with ${reply.status}: ${JSON.stringify(reply.body)}`);
      return schema.parse(reply.body);
    },
    async refused(path, call) {
      const { status, body } = await card(path, call);
      return `${status} ${(body as { error?: { code?: string } }).error?.code ?? ''}`;
    },
  };
}
