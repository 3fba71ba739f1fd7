// What people do most, done with a real mouse and keyboard: how long from the press until the page has painted the answer.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { slowestInteraction } from './observe.ts';
import type { Look, Run, Stage } from './stage.ts';

const times = { desk: 5, phone: 3 };

interface Interaction {
  name: string;
  path: string;
  ready: (page: Page) => Promise<unknown>;
  act: (page: Page, n: number) => Promise<unknown>;
  /** Back to where it began. What this costs is not measured. */
  undo?: (page: Page) => Promise<unknown>;
}

/** What the n-th row leads to. */
const rowOf = (page: Page, n = 0) => page.locator('tbody tr').nth(n).getByRole('link').first();
const chosen = (page: Page, name: string) => page.getByRole('combobox', { name });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

const interactions: readonly Interaction[] = [
  {
    name: 'overview: another span',
    path: '/',
    ready: (page) => page.getByRole('img', { name: /clicks from/ }).waitFor(),
    act: (page, n) => page.getByText(n % 2 === 0 ? '90 days' : '7 days', { exact: true }).click(),
  },
  {
    name: 'log: a filter',
    path: '/log',
    ready: (page) => rowOf(page).waitFor(),
    act: (page, n) => page.getByText(n % 2 === 0 ? '7 days' : 'Any time', { exact: true }).click(),
  },
  {
    name: 'log: the story of an event',
    path: '/log',
    ready: (page) => rowOf(page).waitFor(),
    act: async (page, n) => {
      await rowOf(page, n).click();
      await page
        .getByText(/arrived through/)
        .first()
        .waitFor();
    },
    undo: async (page) => {
      await page.goBack();
      await rowOf(page).waitFor();
    },
  },
  {
    name: 'links: typing in the search',
    path: '/links',
    ready: (page) => rowOf(page).waitFor(),
    act: (page) => page.getByRole('searchbox', { name: 'Search links' }).pressSequentially('webinar', { delay: 60 }),
    undo: (page) => page.getByRole('searchbox', { name: 'Search links' }).fill(''),
  },
  {
    name: 'links: the menu of a link',
    path: '/links',
    ready: (page) => button(page, 'More about Pricing page').waitFor(),
    act: (page) => button(page, 'More about Pricing page').click(),
    undo: (page) => page.keyboard.press('Escape'),
  },
  {
    name: 'links: the form of a new link',
    path: '/links',
    ready: (page) => rowOf(page).waitFor(),
    act: async (page) => {
      await page.getByRole('link', { name: 'New link' }).click();
      await page.getByRole('dialog').waitFor();
    },
    undo: async (page) => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    },
  },
  {
    name: 'rules: the slider of the rehearsal',
    path: '/rules/new',
    ready: async (page) => {
      await chosen(page, 'Pipeline').selectOption({ index: 1 });
      await chosen(page, 'From stage').selectOption('appointmentscheduled');
      await chosen(page, 'To stage').selectOption('qualifiedtobuy');
      await button(page, 'Rehearse').click();
      await page.getByRole('slider').focus();
      await sleep(1_000);
    },
    act: (page, n) => page.keyboard.press(n % 2 === 0 ? 'ArrowRight' : 'ArrowLeft'),
  },
  {
    name: 'rules: typing in the YAML',
    path: '/rules/new',
    ready: (page) => page.getByRole('textbox', { name: 'The rule as YAML' }).click(),
    act: (page) => page.keyboard.type('x', { delay: 60 }),
    undo: (page) => page.keyboard.press('Backspace'),
  },
];

export interface InteractionFigure {
  name: string;
  /** The slowest of all times. */
  ms: number;
}

/** What cannot be done is a problem of the run, and not its end. */
export async function interact(stage: Stage, look: Look, { tell, problems }: Run): Promise<InteractionFigure[]> {
  const figures: InteractionFigure[] = [];
  for (const interaction of interactions) {
    const { name } = interaction;
    tell(`${name}, ${look.name}`);
    const page = await stage.open(look);
    try {
      figures.push({ name, ms: await slowestOf(page, { ...interaction, at: stage.at(interaction.path), look }) });
    } catch (error) {
      problems.push(`${name}, ${look.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
    await page.context().close();
  }
  return figures;
}

type Tried = Interaction & { at: string; look: Look };

async function slowestOf(page: Page, { at, ready, act, undo, look }: Tried): Promise<number> {
  await page.goto(at);
  await ready(page);
  await sleep(500);
  await slowestInteraction(page);
  let ms = 0;
  for (let n = 0; n < (look.slow ? times.phone : times.desk); n += 1) {
    await act(page, n);
    await sleep(look.slow ? 600 : 250);
    ms = Math.max(ms, await slowestInteraction(page));
    await undo?.(page);
    await sleep(look.slow ? 400 : 100);
    await slowestInteraction(page);
  }
  return ms;
}
