// The connection to the store breaks while clicks are being inserted. The driver then reports a bulk error without a refused row,
// which must not be taken for "all of them are in".
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEmbeddedMongo } from '../../embedded-mongo/index.ts';
import { startTestServer, type Tenant, type TestServer } from '../helpers/start-test-server.ts';

describe('when the connection breaks during the insert', () => {
  const given = process.env.MONGODB_URI;
  let closers: (() => Promise<unknown>)[] = [];
  let server: TestServer;
  let tenant: Tenant;
  let breaks = false;

  beforeAll(async () => {
    const store = await startEmbeddedMongo({});
    const proxy = await startProxy(new URL(store.uri));
    process.env.MONGODB_URI = `mongodb://127.0.0.1:${proxy.port}/`;
    server = await startTestServer();
    tenant = await server.makeTenant();
    await tenant.api.post('/v1/links').send({ slug: 'kept', title: 'Kept', destination: 'https://www.example.com/' });
    closers = [() => server.close(), proxy.close, () => store.close()];
  });
  afterAll(async () => {
    for (const close of closers) await close();
    if (given === undefined) delete process.env.MONGODB_URI;
    else process.env.MONGODB_URI = given;
  });

  it('no click is called accepted, and the resend is', async () => {
    const clicks = ['a', 'b', 'c'].map((click_id) => ({ click_id, slug: 'kept', eid: '501' }));
    breaks = true;
    const refused = await tenant.api.post('/v1/clicks').send({ clicks });
    expect([refused.status, refused.body.error?.code]).toEqual([503, 'store_unavailable']);
    breaks = false;
    const accepted = await tenant.api.post('/v1/clicks').send({ clicks }).expect(202);
    expect(accepted.body).toMatchObject({ accepted: 3, duplicates: 0, rejected: 0 });
  });

  /** Passes everything on, except inserts of deliveries while `breaks` is set: those end the connection. */
  async function startProxy(target: URL): Promise<{ port: number; close: () => Promise<void> }> {
    const sockets = new Set<net.Socket>();
    const proxy = net.createServer((client) => {
      const upstream = net.connect(Number(target.port), target.hostname);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('error', () => socket.destroy());
        socket.on('close', () => {
          client.destroy();
          upstream.destroy();
        });
      }
      client.on('data', (data) => {
        if (breaks && data.includes('insert') && data.includes('deliveries')) client.destroy();
        else upstream.write(data);
      });
      upstream.on('data', (data) => client.write(data));
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    return {
      port: (proxy.address() as AddressInfo).port,
      close: async () => {
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => proxy.close(resolve));
      },
    };
  }
});
