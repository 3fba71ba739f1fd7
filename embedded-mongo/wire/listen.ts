/** Opens the server's port or Unix socket and says under which address drivers find it. */
import { once } from 'node:events';
import { chmodSync, rmSync } from 'node:fs';
import { connect, type Server } from 'node:net';

export type Where = { host: string; port: number } | { path: string };

/** The file of a socket outlives a killed process; nobody answers there any more. */
async function removeDeadSocket(path: string): Promise<void> {
  const probe = connect(path);
  const code = await new Promise<unknown>((resolve) => {
    probe.once('connect', () => resolve(undefined));
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  probe.destroy();
  if (code === 'ECONNREFUSED') rmSync(path, { force: true });
}

export async function listen(server: Server, where: Where): Promise<string> {
  if ('path' in where) await removeDeadSocket(where.path);
  server.listen(where);
  await once(server, 'listening');
  if ('path' in where) {
    chmodSync(where.path, 0o600);
    return `mongodb://${encodeURIComponent(where.path)}`;
  }
  const address = server.address();
  if (typeof address !== 'object' || !address)
    throw new Error(`the server listens at ${String(address)}, not on a port`);
  return `mongodb://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
