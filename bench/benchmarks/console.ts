// `console`: how the built console does in Chromium over a busy month, as Lighthouse would look at it: loading, jumping, blocking, weight,
// and how soon it answers a hand. On a desk as it is, and on a phone with a slow network and a slow processor.
import type { Benchmark, Measured, Table } from '../benchmark.ts';
import { interact, type InteractionFigure } from '../console/interact.ts';
import { loadPages, type PageFigures } from '../console/load-pages.ts';
import { looks, setStage } from '../console/stage.ts';

/** What counts as good (web.dev/articles/vitals); the weight is our own promise. */
const most = { lcpMs: 2_500, cls: 0.1, inpMs: 200, bytes: 200_000 };

export const consolePages: Benchmark = {
  name: 'console',
  about: 'every page of the console in Chromium: largest paint, shifts, long tasks, weight, and time to answer a hand',
  run: async (tell) => {
    const stage = await setStage();
    try {
      const tables: Table[] = [];
      const facts: Record<string, number> = {};
      const problems: string[] = [];
      for (const look of looks) {
        const pages = await loadPages(stage, look, { tell, problems });
        const interactions = await interact(stage, look, { tell, problems });
        tables.push(...tablesOf(look.name, pages, interactions));
        Object.assign(facts, factsOf(look.name, pages, interactions));
      }
      return { tables, facts, problems: [...problems, ...problemsOf(facts)] };
    } finally {
      await stage.close();
    }
  },
};

function tablesOf(look: string, pages: PageFigures[], interactions: InteractionFigure[]): Table[] {
  return [
    {
      title: `Pages, ${look}: median of several loads with an empty cache, the worst of shifts`,
      columns: ['page', 'LCP ms', 'CLS', 'longest task ms', 'blocking ms', 'gzip kB', 'when needed kB'],
      rows: pages.map(({ name, lcpMs, cls, longestTaskMs, blockingMs, bytes, laterBytes }) => [
        name,
        Math.round(lcpMs),
        cls.toFixed(3),
        Math.round(longestTaskMs),
        Math.round(blockingMs),
        Math.round(bytes / 1_000),
        Math.round(laterBytes / 1_000),
      ]),
    },
    {
      title: `Interactions, ${look}: from the press to the next paint, the slowest of several`,
      columns: ['interaction', 'ms'],
      rows: interactions.map(({ name, ms }) => [name, Math.round(ms)]),
    },
  ];
}

function factsOf(look: string, pages: PageFigures[], interactions: InteractionFigure[]): Record<string, number> {
  const worst = (values: number[]) => Math.max(...values);
  return {
    [`${look}LcpMs`]: Math.round(worst(pages.map(({ lcpMs }) => lcpMs))),
    [`${look}Cls`]: Number(worst(pages.map(({ cls }) => cls)).toFixed(4)),
    [`${look}LongestTaskMs`]: Math.round(worst(pages.map(({ longestTaskMs }) => longestTaskMs))),
    [`${look}BlockingMs`]: Math.round(worst(pages.map(({ blockingMs }) => blockingMs))),
    [`${look}InpMs`]: Math.round(worst(interactions.map(({ ms }) => ms))),
    ...(look === 'desk' ? { firstLoadBytes: worst(pages.map(({ bytes }) => bytes)) } : {}),
  };
}

function problemsOf(facts: Measured['facts']): string[] {
  const limits: [name: string, most: number][] = [
    ['deskLcpMs', most.lcpMs],
    ['deskCls', most.cls],
    ['deskInpMs', most.inpMs],
    ['firstLoadBytes', most.bytes],
    ['phoneCls', most.cls],
  ];
  return limits.flatMap(([name, limit]) => {
    const is = facts[name] ?? Number.POSITIVE_INFINITY;
    return is < limit ? [] : [`${name} is ${is}, under ${limit} is wanted`];
  });
}
