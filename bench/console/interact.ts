// What people do most, done with a real mouse and keyboard: how long from the press until the page has painted the answer.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { slowestInteraction } from './observe.ts';
import type { Look, Stage } from './stage.ts';

const times = 5;

interface Interaction {
  name: string;
  path: string;
  ready: (page: Page) => Promise<unknown>;
  act: (page: Page, n: number) => Promise<unknown>;
  /** Back to where it began. What this costs is not measured. */
  undo?: (page: Page) => Promise<unknown>;
}

const rowsOf = (page: Page) => page.getByRole('table').getByRole('link');
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
    ready: (page) => rowsOf(page).first().waitFor(),
    act: (page, n) => page.getByText(n % 2 === 0 ? '7 days' : 'Any time', { exact: true }).click(),
  },
  {
    name: 'log: the story of an event',
    path: '/log',
    ready: (page) => rowsOf(page).first().waitFor(),
    act: async (page, n) => {
      await rowsOf(page)
        .nth(n * 2)
        .click();
      await page
        .getByText(/arrived through/)
        .first()
        .waitFor();
    },
    undo: async (page) => {
      await page.goBack();
      await rowsOf(page).first().waitFor();
    },
  },
  {
    name: 'links: typing in the search',
    path: '/links',
    ready: (page) => rowsOf(page).first().waitFor(),
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
    ready: (page) => rowsOf(page).first().waitFor(),
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

export async function interact(stage: Stage, look: Look, tell: (text: string) => void): Promise<InteractionFigure[]> {
  const figures: InteractionFigure[] = [];
  for (const { name, path, ready, act, undo } of interactions) {
    tell(`${name}, ${look.name}`);
    const page = await stage.open(look);
    await page.goto(stage.at(path));
    await ready(page);
    await sleep(500);
    await slowestInteraction(page);
    let ms = 0;
    for (let n = 0; n < times; n += 1) {
      await act(page, n);
      await sleep(look.slow ? 600 : 250);
      ms = Math.max(ms, await slowestInteraction(page));
      await undo?.(page);
      await sleep(look.slow ? 400 : 100);
      await slowestInteraction(page);
    }
    figures.push({ name, ms });
    await page.context().close();
  }
  return figures;
}
