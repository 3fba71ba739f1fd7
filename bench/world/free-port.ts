// Ports for processes that are told their port before they start. Below the range from which systems take ports for
// outgoing connections, so that nobody takes a port while its process is down.
import { createServer } from 'node:net';

const lowest = 20_000;
const highest = 32_000;

/** Different free ports of the loopback address. */
export async function freePorts(count: number): Promise<number[]> {
  const ports = new Set<number>();
  while (ports.size < count) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });
}
