// `ingest`: POST /v1/clicks in batches of 100, beside a bare Express handler that inserts the same documents with the raw driver.
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { openArena, type Arena } from '../load/arena.ts';
import { requestBytes } from '../load/connection.ts';
import { atFullSpeed } from '../load/load.ts';
import { sideBySide, type Side } from '../load/side-by-side.ts';
import { median } from '../load/statistics.ts';

const rowsPerRequest = 100;
const rounds = 9;
const secondsPerRound = 3;
const connections = 8;
const leastRatio = 0.6;

export const ingest: Benchmark = {
  name: 'ingest',
  about: `clicks per second through POST /v1/clicks, ${rowsPerRequest} to a request, beside Express and the raw driver`,
  run: async (tell) => {
    const arena = await openArena();
    try {
      return await compare(arena, tell);
    } finally {
      await arena.close();
    }
  },
};

async function compare({ productPort, barePort, key, slug }: Arena, tell: Tell): Promise<Measured> {
  const ports = { product: productPort, bare: barePort };
  let round = 0;
  const rate = async (side: Side, seconds = secondsPerRound): Promise<number> => {
    const name = `r${(round += 1)}`;
    const answered = await atFullSpeed({
      port: ports[side],
      connections,
      seconds,
      expectStatus: 202,
      request: (n) => {
        const clicks = Array.from({ length: rowsPerRequest }, (_, row) => {
          return { click_id: `${name}-${n}-${row}`, slug, eid: String(500_001 + row), utm: { source: 'mail' } };
        });
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        return requestBytes('POST', '/v1/clicks', { headers, body: JSON.stringify({ clicks }) });
      },
    });
    return (answered.answers * rowsPerRequest) / answered.seconds;
  };
  tell('warming up');
  await rate('product', 2);
  await rate('bare', 2);
  const pairs = await sideBySide(rounds, rate, (n, { product, bare }) =>
    tell(`round ${n} of ${rounds}: ${Math.round(product)} and ${Math.round(bare)} clicks/s`),
  );
  const ratio = median(pairs.map(({ product, bare }) => product / bare));
  return {
    tables: [
      {
        title: `Clicks per second, median of ${rounds} rounds side by side`,
        columns: ['server', 'clicks/s'],
        rows: [
          ['POST /v1/clicks', Math.round(median(pairs.map(({ product }) => product)))],
          ['bare Express + driver', Math.round(median(pairs.map(({ bare }) => bare)))],
          ['ratio', ratio],
        ],
      },
    ],
    facts: { ratio: Number(ratio.toFixed(3)) },
    problems: ratio < leastRatio ? [`the ratio is ${ratio.toFixed(2)}, at least ${leastRatio} is wanted`] : [],
  };
}
