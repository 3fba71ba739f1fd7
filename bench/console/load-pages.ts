// Every place of the console opened with an empty cache, several times: how soon it stands, whether it jumps, what it blocks and weighs.
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { median } from '../load/statistics.ts';
import { loadOf, type Load } from './observe.ts';
import type { Look, Run, Stage } from './stage.ts';

const rounds = { desk: 3, phone: 1 };
/** Scripts that come when there is something for them to do: charts, and the reader of YAML. */
const whenNeeded = /(Chart|rule-text)-/;
const settleMs = { desk: 1_000, phone: 2_500 };

interface Place {
  name: string;
  path: (stage: Stage) => string;
  /** There when the page is complete. */
  text: string | RegExp;
}

const places: readonly Place[] = [
  { name: 'overview', path: () => '/', text: /clicks from/ },
  { name: 'links', path: () => '/links', text: 'Pricing page' },
  { name: 'new link', path: () => '/links/new', text: 'A visitor arrives at' },
  { name: 'connection', path: ({ connectionId }) => `/connections/${connectionId}`, text: 'Last looked at' },
  { name: 'field mapping', path: () => '/mapping', text: 'Values and where they go' },
  { name: 'new rule', path: () => '/rules/new', text: 'Time machine' },
  { name: 'delivery log', path: () => '/log', text: 'Happened' },
  { name: 'one event', path: ({ eventId }) => `/log/${eventId}`, text: 'HubSpot accepted everything' },
  { name: 'settings', path: () => '/settings', text: 'Which clicks count' },
];

export interface PageFigures extends Load {
  name: string;
  /** Scripts and style sheets, as gzip sends them, without those that come when needed. */
  bytes: number;
  laterBytes: number;
}

/** Medians of the rounds; of shifts the worst. A page that does not come is a problem of the run, and not its end. */
export async function loadPages(stage: Stage, look: Look, { tell, problems }: Run): Promise<PageFigures[]> {
  const figures: PageFigures[] = [];
  for (const place of places) {
    tell(`${place.name}, ${look.name}`);
    try {
      const loads: PageFigures[] = [];
      while (loads.length < (look.slow ? rounds.phone : rounds.desk)) loads.push(await loadOnce(stage, look, place));
      figures.push(middleOf(loads));
    } catch (error) {
      problems.push(`${place.name}, ${look.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return figures;
}

async function loadOnce(stage: Stage, look: Look, { name, path, text }: Place): Promise<PageFigures> {
  const page = await stage.open(look);
  try {
    const weight = weigh(page);
    await page.goto(stage.at(path(stage)));
    const shown = page.locator('main, dialog');
    await shown
      .getByText(text)
      .or(shown.getByRole('img', { name: text }))
      .first()
      .waitFor();
    await sleep(look.slow ? settleMs.phone : settleMs.desk);
    return { name, ...(await loadOf(page)), ...(await weight()) };
  } finally {
    await page.context().close();
  }
}

function middleOf(loads: readonly PageFigures[]): PageFigures {
  const [first] = loads;
  if (!first) throw new Error('There is nothing to take the middle of.');
  const middle = (key: 'lcpMs' | 'longestTaskMs' | 'blockingMs') => median(loads.map((load) => load[key]));
  return {
    ...first,
    lcpMs: middle('lcpMs'),
    cls: Math.max(...loads.map(({ cls }) => cls)),
    longestTaskMs: middle('longestTaskMs'),
    blockingMs: middle('blockingMs'),
  };
}

function weigh(page: Page): () => Promise<Pick<PageFigures, 'bytes' | 'laterBytes'>> {
  const sizes: Promise<{ isLater: boolean; size: number }>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!/\.(js|css)$/.test(pathname)) return;
    const isLater = whenNeeded.test(pathname);
    sizes.push(response.body().then((body) => ({ isLater, size: gzipSync(body, { level: 9 }).length })));
  });
  return async () => {
    const known = await Promise.all(sizes);
    const sum = (later: boolean) =>
      known.filter(({ isLater }) => isLater === later).reduce((all, { size }) => all + size, 0);
    return { bytes: sum(false), laterBytes: sum(true) };
  };
}
