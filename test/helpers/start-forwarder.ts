// A way to the sandbox that keeps a list of who called when: the witness of which process wrote to which account. It knows accounts by
// their access token, which it keeps as a number only.
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ForwardedCall {
  by: string;
  /** The same for calls with the same access token. */
  account: number;
  route: string;
  /** On the monotonic clock of the test; `endedAt` is infinite while the answer is on its way. */
  startedAt: number;
  endedAt: number;
}

export interface Forwarders {
  calls: ForwardedCall[];
  /** The address under which this caller finds the sandbox. */
  open(by: string): Promise<string>;
  close(): Promise<void>;
}

export function makeForwarders(sandboxUrl: string): Forwarders {
  const calls: ForwardedCall[] = [];
  const accounts = new Map<string, number>();
  const servers: Server[] = [];

  return {
    calls,
    async open(by) {
      const server = createServer((incoming, outgoing) => {
        const token = incoming.headers.authorization;
        const route = `${incoming.method} ${incoming.url?.split('?', 1)[0]}`;
        const call: ForwardedCall = { by, account: 0, route, startedAt: performance.now(), endedAt: Infinity };
        if (token !== undefined) {
          if (!accounts.has(token)) accounts.set(token, accounts.size + 1);
          call.account = accounts.get(token) ?? 0;
          calls.push(call);
        }
        const forwarded = request(
          new URL(incoming.url ?? '/', sandboxUrl),
          { method: incoming.method, headers: incoming.headers },
          (reply) => {
            outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
            reply.pipe(outgoing);
            reply.once('end', () => (call.endedAt = performance.now()));
          },
        );
        forwarded.once('error', () => {
          call.endedAt = performance.now();
          outgoing.destroy();
        });
        incoming.pipe(forwarded);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      servers.push(server);
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    async close() {
      for (const server of servers.splice(0)) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}
