// A month in a workspace that people work with: links, clicks of people and machines by the hour, and what became of each. The same in
// every run. Written into the store as it would stand there afterwards; HubSpot is not asked.
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';
import { searchTermsOf } from '../../server/domain/link-search.ts';
import type { Context } from '../../server/flows/context.ts';
import { makeNewId } from '../../server/lib/ids.ts';
import type { Link } from '../../server/store/links.ts';
import { makeRandom, type Random } from '../chaos/random.ts';
import { monthLinks, type MonthLink } from './month-links.ts';

const dayMs = 24 * 3600_000;
const minuteMs = 60_000;
const days = 30;

export interface MonthOptions {
  workspaceId: string;
  connection: { _id: string; portalId: number };
  /** Who clicks, with their open deals. */
  people: readonly { contactId: string; dealIds: readonly string[] }[];
  /** On a working day in the middle of the month. */
  clicksPerDay: number;
}

/** Returns the ids of the clicks that were made, the newest last. */
export async function fillMonth(context: Context, options: MonthOptions): Promise<string[]> {
  const random = makeRandom(20_26);
  const now = context.now();
  const links = monthLinks.map((link, n) => storedLink({ link, options, at: now - (45 - n) * dayMs }));
  for (const link of links) await context.store.links.insert(link);
  const deliveries: Delivery[] = [];
  const today = now - (now % dayMs);
  for (let n = days - 1; n >= 0; n -= 1) {
    const day = today - n * dayMs;
    for (let left = clicksOn(day, { n, random, options }); left > 0; left -= 1) {
      const at = momentOf(day, random);
      if (at > now - 2 * minuteMs) continue;
      const link = links[linkOf(random)];
      if (link) deliveries.push(pastClick(context, { link, at, now, number: deliveries.length, random, options }));
    }
    const calls = Math.round(options.clicksPerDay * (1.1 + random.next() * 0.4));
    await context.store.portalCalls.add([{ portalId: options.connection.portalId, day, calls }]);
  }
  deliveries.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  for (let at = 0; at < deliveries.length; at += 2_000) {
    await context.store.deliveries.insertNew(deliveries.slice(at, at + 2_000));
  }
  return deliveries.map(({ eventId }) => eventId);
}

interface Day {
  n: number;
  random: Random;
  options: MonthOptions;
}

/** Rising, quiet at weekends, and thrice as many on the days when a mail went out. */
function clicksOn(day: number, { n, random, options }: Day): number {
  const weekday = new Date(day).getUTCDay();
  const isWeekend = weekday === 0 || weekday === 6;
  const mailed = weekday === 2 && n % 2 === 1;
  const trend = 0.65 + ((days - n) / days) * 0.7;
  const size = options.clicksPerDay * trend * (isWeekend ? 0.22 : mailed ? 2.1 : 1);
  return Math.round(size * (0.82 + random.next() * 0.36));
}

/** Between seven and nineteen, most around eleven. */
function momentOf(day: number, random: Random): number {
  const hour = 7 + (random.next() + random.next() + random.next()) * 4;
  return Math.floor(day + hour * 3600_000);
}

/** The first links are clicked most. */
function linkOf(random: Random): number {
  return Math.floor(random.next() ** 2 * monthLinks.length);
}

interface NewLink {
  link: MonthLink;
  options: MonthOptions;
  at: number;
}

function storedLink({ link, options, at }: NewLink): Link {
  return {
    // Ids sort by time of creation, and so do lists.
    _id: makeNewId(() => at)('link'),
    workspaceId: options.workspaceId,
    ...link,
    track: false,
    search: searchTermsOf(link),
    createdAt: new Date(at),
    updatedAt: new Date(at),
    archivedAt: null,
  };
}

interface PastClick {
  link: Link;
  at: number;
  now: number;
  number: number;
  random: Random;
  options: MonthOptions;
}

const nobody = { contactId: '1', dealIds: [] };
const countries = ['DE', 'DE', 'GB', 'FR', 'NL', 'US'];

function pastClick({ config }: Context, { link, at, now, number, random, options }: PastClick): Delivery {
  const { workspaceId, connection, people } = options;
  // A few read everything, most now and then.
  const who = people[Math.floor(random.next() ** 3 * people.length)] ?? nobody;
  const clickId = `clk_month${String(number).padStart(6, '0')}`;
  const { _id: id, slug, title, destination, tags } = link;
  const delivery = makeDelivery({
    event: {
      kind: 'click',
      click: {
        clickId,
        workspaceId,
        digest: clickId,
        link: { id, slug, title, shortUrl: `${new URL(config.publicUrl).host}/r/${slug}`, destination, tags },
        at,
        receivedAt: at + 400,
        via: 'redirect',
        method: 'GET',
        eid: who.contactId,
        eidInvalid: false,
        gclid: null,
        fbclid: null,
        utm: link.utm,
        country: random.pick(countries),
        device: random.next() < 0.4 ? 'mobile' : 'desktop',
        referrer: '',
        userAgent: '',
        headers: null,
        network: null,
      },
    },
    holdMs: 0,
    connection,
    audience: 1,
  });
  return Object.assign(delivery, { dueAt: null }, fate({ share: random.next(), who, at, now }));
}

interface Fate {
  share: number;
  who: MonthOptions['people'][number];
  at: number;
  now: number;
}

/** Of a hundred clicks fourteen are machines, three may be either, five are by nobody we know, one in five hundred fails. */
function fate({ share, who, at, now }: Fate): Partial<Delivery> {
  if (share < 0.14) return { state: 'skipped', reason: 'machine_click', verdict: scanner, detail: scanner.words };
  if (share < 0.17) return { state: 'skipped', reason: 'machine_click', verdict: either, detail: either.words };
  if (share < 0.22) return { state: 'skipped', reason: 'no_identity', verdict: person };
  if (share < 0.25 && now - at < 2 * dayMs) {
    return {
      state: 'waiting_contact',
      reason: 'waiting_for_contact',
      verdict: person,
      dueAt: new Date(at + 3 * dayMs),
      matchKeys: ['eid:newsletter-reader'],
    };
  }
  const known = { verdict: person, contactId: who.contactId, dealIds: [...who.dealIds], attempts: 1 };
  if (share > 0.998) {
    return { ...known, state: 'dead', reason: 'hubspot_validation', detail: 'Property values were not valid.' };
  }
  const targets = ['contact', ...who.dealIds.map((dealId) => `deal:${dealId}`)];
  return {
    ...known,
    state: 'delivered',
    counted: true,
    sends: targets.map((target) => ({ target, group: 'grp_past', groupSize: targets.length, done: true })),
    deliveredAt: new Date(at + 11_500),
  };
}

const person = {
  verdict: 'human',
  confidence: 0.95,
  reasons: ['pressed_by_a_person'],
  words: 'The browser says that a click or a key opened the link.',
} satisfies Delivery['verdict'];

const scanner = {
  verdict: 'machine',
  confidence: 0.98,
  reasons: ['agent_mail_scanner'],
  words: 'A mail security scanner opens links with this program.',
} satisfies Delivery['verdict'];

const either = {
  verdict: 'unsure',
  confidence: 0.6,
  reasons: ['two_at_once'],
  words: 'Two different links of one person were opened within two seconds.',
} satisfies Delivery['verdict'];
