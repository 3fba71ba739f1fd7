// Two kinds of load: as fast as the server answers, and at a fixed rate whatever the server does.
import { setTimeout as sleep } from 'node:timers/promises';
import { openConnection, type LoadConnection } from './connection.ts';

export interface LoadOptions {
  port: number;
  connections: number;
  seconds: number;
  /** The n-th request of this load. */
  request: (n: number) => Buffer;
  /** Anything else ends the benchmark. */
  expectStatus: number;
}

export interface Answered {
  answers: number;
  seconds: number;
}

/** Every connection asks again as soon as it has its answer. */
export async function atFullSpeed({
  port,
  connections,
  seconds,
  request,
  expectStatus,
}: LoadOptions): Promise<Answered> {
  return withConnections(port, connections, async (open) => {
    const startedAt = performance.now();
    const endAt = startedAt + seconds * 1_000;
    let asked = 0;
    await Promise.all(
      open.map(async (connection) => {
        while (performance.now() < endAt) assertStatus(await connection.ask(request(asked++)), expectStatus);
      }),
    );
    return { answers: asked, seconds: (performance.now() - startedAt) / 1_000 };
  });
}

/**
 * Requests leave at their time, or as soon as a connection is free; waiting for one counts. Returns the milliseconds
 * from when each was due to its answer, in ascending order.
 */
export async function atRate(options: LoadOptions & { perSecond: number }): Promise<number[]> {
  const { port, connections, seconds, request, expectStatus, perSecond } = options;
  return withConnections(port, connections, async (open) => {
    const total = Math.round(perSecond * seconds);
    const startedAt = performance.now() + 50;
    const dueAt = (n: number) => startedAt + (n * 1_000) / perSecond;
    const waits: number[] = [];
    let next = 0;
    await Promise.all(
      open.map(async (connection) => {
        while (next < total) {
          const n = next++;
          const early = dueAt(n) - performance.now();
          if (early > 0) await sleep(early);
          assertStatus(await connection.ask(request(n)), expectStatus);
          waits.push(performance.now() - dueAt(n));
        }
      }),
    );
    return waits.sort((a, b) => a - b);
  });
}

async function withConnections<T>(
  port: number,
  count: number,
  work: (connections: LoadConnection[]) => Promise<T>,
): Promise<T> {
  const connections = await Promise.all(Array.from({ length: count }, () => openConnection(port)));
  try {
    return await work(connections);
  } finally {
    for (const connection of connections) connection.close();
  }
}

function assertStatus(status: number, expected: number): void {
  if (status !== expected) throw new Error(`The server answered ${status} instead of ${expected}.`);
}
