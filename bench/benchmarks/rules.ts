// `rules`: what 22 rules add to the cost of a click, with 100,000 clicks of history and with ten times fewer. Every contact that
// clicks has enough clicks for a rule to be in reach, so that its history is read and judged at every click, and no rule fires:
// a firing is written once per deal and would make rounds unlike.
import { makeDelivery, type Delivery } from '../../server/domain/delivery.ts';
import type { Benchmark, Measured, Tell } from '../benchmark.ts';
import { median } from '../load/statistics.ts';
import { accountSeed, makePeople, type Person } from '../world/seed.ts';
import { benchLink, startWorld, type Tenant, type World } from '../world/start-world.ts';
import { waitFor } from '../world/wait-for.ts';

/** Of each contact, in every account: what grows is the number of contacts, as it does in life. */
const clicksPerContact = 20;
const clicksPerRound = 500;
const pairs = 5;
const linkCount = 14;
const tagCount = 8;
/** Below the clicks of a contact, above those on any one link or tag. */
const threshold = 15;
const historyMs = 29 * 24 * 3_600_000;

export const rules: Benchmark = {
  name: 'rules',
  about: `cost of a click with 22 rules beside none, with 100,000 and with 10,000 clicks of history`,
  run: async (tell) => {
    const world = await startWorld({ CLICK_HOLD_MS: '0', HUBSPOT_CALLS_PER_10S: '10000' });
    try {
      return await measure(world, tell);
    } finally {
      await world.close();
    }
  },
};

interface Account extends Tenant {
  people: readonly Person[];
  history: number;
  ruleIds: string[];
  withRules: Round[];
  without: Round[];
}

interface Round {
  /** Of the processor: server, store and sandbox are all in this process, and other programs on the machine do not count. */
  msPerClick: number;
  calls: number;
}

async function measure(world: World, tell: Tell): Promise<Measured> {
  const large = await makeAccount(world, { portalId: 7_101, history: 100_000, tell });
  const small = await makeAccount(world, { portalId: 7_102, history: 10_000, tell });
  // The first round of each warms up and is not counted.
  for (let pair = 0; pair <= pairs; pair += 1) {
    tell(`round ${pair} of ${pairs}`);
    const order = pair % 2 === 0 ? [true, false] : [false, true];
    for (const enabled of order) {
      for (const account of [large, small]) {
        const round = await deliverRound(world, account, { enabled, pair });
        if (pair > 0) (enabled ? account.withRules : account.without).push(round);
      }
    }
  }
  const cost = (rounds: Round[]) => median(rounds.map(({ msPerClick }) => msPerClick));
  const calls = (rounds: Round[]) => median(rounds.map((round) => round.calls));
  const rounded = (value: number) => Number(value.toFixed(3));
  // Rounds are compared with their neighbours in time.
  const ratio = (rounds: Round[], beside: Round[]) =>
    rounded(median(rounds.map(({ msPerClick }, at) => msPerClick / (beside[at]?.msPerClick ?? Number.NaN))));
  const row = (name: string, { history }: Account, rounds: Round[]) => [
    name,
    history,
    rounded(cost(rounds)),
    calls(rounds),
  ];
  return {
    tables: [
      {
        title: `Medians of ${pairs} rounds of ${clicksPerRound} clicks, one open deal each`,
        columns: ['rules', 'history', 'processor ms per click', 'HubSpot calls'],
        rows: [large, small].flatMap((account) => [
          row('none', account, account.without),
          row('22', account, account.withRules),
        ]),
      },
      {
        title: 'Round beside round, medians of the ratios',
        columns: ['ratio', 'cost per click'],
        rows: [
          ['22 rules beside none, 100,000 clicks', ratio(large.withRules, large.without)],
          ['22 rules beside none, 10,000 clicks', ratio(small.withRules, small.without)],
          ['100,000 clicks beside 10,000, 22 rules', ratio(large.withRules, small.withRules)],
          ['100,000 clicks beside 10,000, no rules', ratio(large.without, small.without)],
        ],
      },
    ],
    facts: {
      costRatio: ratio(large.withRules, large.without),
      growthRatio: ratio(large.withRules, small.withRules),
    },
    problems: await problemsOf(world, [large, small]),
  };
}

async function makeAccount(
  world: World,
  { portalId, history, tell }: { portalId: number; history: number; tell: Tell },
): Promise<Account> {
  tell(`an account with ${history} clicks of history`);
  const people = makePeople(history / clicksPerContact, () => ({ open: 1, closed: 0 }));
  const tenant = await world.addTenant(accountSeed({ portalId, people, callsPerTenSeconds: 1_000_000 }));
  for (let n = 0; n < linkCount; n += 1) {
    await tenant.api.post('/v1/links', { ...benchLink(slugOf(portalId, n)), tags: [`tag-${n % tagCount}`] });
  }
  const [connection] = await world.context.store.connections.listOfPortal(portalId);
  if (!connection) throw new Error('The account is not connected.');
  for (let at = 0; at < history; at += 5_000) {
    await world.context.store.deliveries.insertNew(
      Array.from({ length: 5_000 }, (_, i) =>
        pastClick(at + i, { tenant, connectionId: connection._id, history, people }),
      ),
    );
  }
  const triggers = [
    ...Array.from({ length: tagCount }, (_, n) => `link_tag: tag-${n}`),
    ...Array.from({ length: linkCount }, (_, n) => `link: ${slugOf(portalId, n)}`),
  ];
  const ruleIds: string[] = [];
  for (const trigger of triggers) {
    const text = `mode: watch\ntrigger:\n  ${trigger}\n  contact_window: 30d\n  click_threshold: ${threshold}\naction:\n  type: advance_deal_stage\n  pipeline: default\n  from_stage: appointmentscheduled\n  to_stage: qualifiedtobuy\n`;
    ruleIds.push((await tenant.api.post<{ id: string }>('/v1/rules', { connection_id: connection._id, text })).id);
  }
  return { ...tenant, people, history, ruleIds, withRules: [], without: [] };
}

const slugOf = (portalId: number, n: number) => `rule-${portalId}-${n}`;

interface Past {
  tenant: Tenant;
  connectionId: string;
  history: number;
  people: readonly Person[];
}

/** Delivered and counted, spread evenly over contacts, links and days. */
function pastClick(n: number, { tenant, connectionId, history, people }: Past): Delivery {
  const { contactId, openDeals } = people[n % people.length] as Person;
  const linkIndex = (n + Math.floor(n / people.length)) % linkCount;
  const { workspaceId, portalId } = tenant;
  const at = Date.now() - Math.floor(((n + 1) / history) * historyMs) - 60_000;
  const slug = slugOf(portalId, linkIndex);
  const click = {
    clickId: `past-${portalId}-${n}`,
    workspaceId,
    digest: `past-${n}`,
    link: {
      id: slug,
      slug,
      title: 'Q2 pricing PDF',
      shortUrl: `s.example.com/r/${slug}`,
      destination: 'https://www.example.com/q2-pricing.pdf',
      tags: [`tag-${linkIndex % tagCount}`],
    },
    at,
    receivedAt: at,
    via: 'api' as const,
    method: 'GET' as const,
    eid: contactId,
    eidInvalid: false,
    gclid: null,
    fbclid: null,
    utm: {},
    country: 'DE',
    device: 'desktop',
    referrer: '',
    userAgent: '',
    headers: null,
    network: null,
  };
  const connection = { _id: connectionId, portalId };
  return {
    ...makeDelivery({ event: { kind: 'click', click }, holdMs: 0, connection, audience: 1 }),
    state: 'delivered',
    dueAt: null,
    contactId,
    dealIds: openDeals,
    counted: true,
    deliveredAt: new Date(at),
  };
}

async function deliverRound(
  { context, sandbox }: World,
  { api, workspaceId, portalId, ruleIds, people }: Account,
  { enabled, pair }: { enabled: boolean; pair: number },
): Promise<Round> {
  for (const ruleId of ruleIds) await context.store.rules.setEnabled({ workspaceId, ruleId, enabled });
  const from = Date.now();
  const clicks = Array.from({ length: clicksPerRound }, (_, n) => ({
    click_id: `new-${portalId}-${pair}-${enabled}-${n}`,
    eid: people[n % people.length]?.contactId,
    occurred_at: from,
    // Each round another link, so that none comes within reach of its rule.
    slug: slugOf(portalId, (n + 2 * pair + Number(enabled)) % linkCount),
  }));
  sandbox.control.clearLog();
  const before = process.cpuUsage();
  await api.post('/v1/clicks', { clicks });
  await waitFor(
    'the clicks to be delivered',
    async () => {
      const { lease, workAt } = (await context.store.portals.find(portalId)) ?? {};
      const working = (lease?.until.getTime() ?? 0) > 0 || (workAt && workAt.getTime() <= context.now());
      return !working && (await context.store.deliveries.nextDueAt(portalId)) === null;
    },
    { everyMs: 50, withinMs: 600_000 },
  );
  const { user, system } = process.cpuUsage(before);
  return { msPerClick: (user + system) / 1_000 / clicksPerRound, calls: sandbox.control.counts().total };
}

async function problemsOf({ context }: World, accounts: Account[]): Promise<string[]> {
  const problems: string[] = [];
  for (const { workspaceId } of accounts) {
    const moves = await context.store.ruleMoves.page({ workspaceId, after: null, limit: 1 });
    if (moves.length > 0) problems.push('a rule fired, so the rounds were not alike');
    const { length } = await context.store.rules.list(workspaceId);
    if (length !== linkCount + tagCount) problems.push(`${length} rules were measured`);
  }
  return problems;
}
