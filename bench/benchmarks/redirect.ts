// `redirect`: GET /r/:slug, with the click safe before the answer, beside a bare Express 302: throughput, and p99 at equal load.
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { openArena, type Arena } from '../load/arena.ts';
import { requestBytes } from '../load/connection.ts';
import { atFullSpeed, atRate, type LoadOptions } from '../load/load.ts';
import { sideBySide, type Side } from '../load/side-by-side.ts';
import { median, percentile } from '../load/statistics.ts';
import { waitFor } from '../world/wait-for.ts';

const rounds = 9;
const secondsPerRound = 3;
const connections = 32;
/** Of what the product can do: load that both carry. */
const shareOfFullSpeed = 0.5;
const leastRatio = 0.6;
const mostP99Ratio = 2;

export const redirect: Benchmark = {
  name: 'redirect',
  about: 'short links opened per second, and p99 at equal load, beside a bare Express 302',
  run: async (tell) => {
    const arena = await openArena();
    try {
      return await compare(arena, tell);
    } finally {
      await arena.close();
    }
  },
};

async function compare(arena: Arena, tell: Tell): Promise<Measured> {
  const { slug } = arena;
  const ports = { product: arena.productPort, bare: arena.barePort };
  let clicks = await arena.stored();
  const load = (side: Side, seconds = secondsPerRound): LoadOptions => ({
    port: ports[side],
    connections,
    seconds,
    expectStatus: 302,
    request: (n) => requestBytes('GET', `/r/${slug}?eid=${500_001 + (n % 400)}`, { headers: browser }),
  });
  /** Every visit is a click: the time until all of them are in the store belongs to the work. */
  const untilStored = async (side: Side, visits: number): Promise<number> => {
    if (side === 'bare') return 0;
    const startedAt = performance.now();
    clicks += visits;
    await waitFor('all clicks to be in the store', async () => (await arena.stored()) >= clicks, { everyMs: 5 });
    return (performance.now() - startedAt) / 1_000;
  };
  const atFull = async (side: Side, seconds?: number) => {
    const { answers, seconds: answering } = await atFullSpeed(load(side, seconds));
    const storing = await untilStored(side, answers);
    return { perSecond: answers / (answering + storing), storing };
  };
  tell('warming up');
  await atFull('product', 2);
  await atFull('bare', 2);
  const full = await sideBySide(rounds, atFull, (n, { product, bare }) =>
    tell(
      `round ${n} of ${rounds}: ${Math.round(product.perSecond)} and ${Math.round(bare.perSecond)} redirects/s, ` +
        `all stored ${Math.round(product.storing * 1_000)} ms after the last answer`,
    ),
  );
  const speeds = full.map(({ product, bare }) => ({ product: product.perSecond, bare: bare.perSecond }));
  const perSecond = Math.round(median(speeds.map(({ product }) => product)) * shareOfFullSpeed);
  const p99 = async (side: Side) => {
    const waits = await atRate({ ...load(side), perSecond });
    await untilStored(side, waits.length);
    return percentile(waits, 0.99);
  };
  const p99s = await sideBySide(rounds, p99, (n, { product, bare }) =>
    tell(`round ${n} of ${rounds} at ${perSecond}/s: p99 ${product.toFixed(1)} and ${bare.toFixed(1)} ms`),
  );
  const ratio = median(speeds.map(({ product, bare }) => product / bare));
  const p99Ratio = median(p99s.map(({ product, bare }) => product / bare));
  const problems: string[] = [];
  if (ratio < leastRatio) problems.push(`the ratio is ${ratio.toFixed(2)}, at least ${leastRatio} is wanted`);
  if (p99Ratio > mostP99Ratio) problems.push(`p99 is ${p99Ratio.toFixed(2)} times, at most ${mostP99Ratio} is wanted`);
  return {
    tables: [
      {
        title: `Redirects, median of ${rounds} rounds side by side`,
        columns: ['server', 'redirects/s', `p99 ms at ${perSecond}/s`],
        rows: [
          [
            'GET /r/:slug',
            Math.round(median(speeds.map(({ product }) => product))),
            median(p99s.map(({ product }) => product)),
          ],
          [
            'bare Express 302',
            Math.round(median(speeds.map(({ bare }) => bare))),
            median(p99s.map(({ bare }) => bare)),
          ],
          ['ratio', ratio, p99Ratio],
        ],
      },
    ],
    facts: { ratio: Number(ratio.toFixed(3)), p99Ratio: Number(p99Ratio.toFixed(3)) },
    problems,
  };
}

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-language': 'en-GB,en;q=0.9',
};
