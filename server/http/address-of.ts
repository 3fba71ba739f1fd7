// Where a request comes from, as Express tells it (`req.ip`), for a handler in front of Express.
import type { IncomingMessage } from 'node:http';

/** `trustedProxies` stand in front of us: so many entries at the end of X-Forwarded-For were written by them. */
export function addressOf(
  { socket, headers }: Pick<IncomingMessage, 'socket' | 'headers'>,
  trustedProxies: number,
): string | undefined {
  const own = socket.remoteAddress;
  const told = headers['x-forwarded-for'];
  if (trustedProxies === 0 || typeof told !== 'string') return own;
  const hops = [
    own,
    ...told
      .split(',')
      .map((hop) => hop.trim())
      .reverse(),
  ];
  return hops[Math.min(trustedProxies, hops.length - 1)];
}
