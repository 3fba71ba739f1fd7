// `redirect`: GET /r/:slug, with the click safe before the answer, beside a bare Express 302: throughput, and p99 at equal load.
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { openArena, type Arena } from '../load/arena.ts';
import { requestBytes } from '../load/connection.ts';
import { atFullSpeed, atRate, type LoadOptions } from '../load/load.ts';
import { median, percentile } from '../load/statistics.ts';

const rounds = 5;
const secondsPerRound = 4;
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

async function compare({ productPort, barePort, slug }: Arena, tell: Tell): Promise<Measured> {
  const load = (port: number, seconds = secondsPerRound): LoadOptions => ({
    port,
    connections,
    seconds,
    expectStatus: 302,
    request: (n) => requestBytes('GET', `/r/${slug}?eid=${500_001 + (n % 400)}`, { headers: browser }),
  });
  tell('warming up');
  await atFullSpeed(load(productPort, 2));
  await atFullSpeed(load(barePort, 2));
  const speeds: { product: number; bare: number }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const product = await atFullSpeed(load(productPort));
    const bare = await atFullSpeed(load(barePort));
    speeds.push({ product, bare });
    tell(`round ${n + 1} of ${rounds}: ${Math.round(product)} and ${Math.round(bare)} redirects/s`);
  }
  const perSecond = Math.round(median(speeds.map(({ product }) => product)) * shareOfFullSpeed);
  const p99s: { product: number; bare: number }[] = [];
  for (let n = 0; n < rounds; n += 1) {
    const product = percentile(await atRate({ ...load(productPort), perSecond }), 0.99);
    const bare = percentile(await atRate({ ...load(barePort), perSecond }), 0.99);
    p99s.push({ product, bare });
    tell(`round ${n + 1} of ${rounds} at ${perSecond}/s: p99 ${product.toFixed(1)} and ${bare.toFixed(1)} ms`);
  }
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
