// Counts of days that are kept are always what the deliveries say, whatever happened in between: clicks that come late, clicks that are judged
// anew, merges, erasing, retention, and the sweep that keeps counts at any moment.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { queuedClick } from '../../bench/world/stored-click.ts';
import { dayOf, daysIn, periodOf } from '../../server/domain/card/period.ts';
import type { Delivery } from '../../server/domain/delivery.ts';
import { countDays } from '../../server/flows/card/count-days.ts';
import { keepDayCounts } from '../../server/flows/card/keep-day-counts.ts';
import { recordPlans } from '../../server/flows/delivery/record-plans.ts';
import { forgetOld } from '../../server/flows/log/forget-old.ts';
import { makeMovableClock } from '../../server/lib/clock.ts';
import { startTestServer, type TestServer } from '../helpers/start-test-server.ts';

const portalId = 62_515;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

describe('counts of days that are over', () => {
  const clock = makeMovableClock();
  let server: TestServer;
  let run = 0;
  beforeAll(async () => {
    server = await startTestServer({ now: clock.now });
  });
  afterAll(() => server.close());

  /** An account of its own, with everything that may happen to its clicks. */
  async function makeAccount() {
    const { context } = server;
    const { deliveries, contactDeliveries } = context.store;
    const tenant = await server.makeTenant();
    const { workspaceId } = tenant;
    run += 1;
    const { _id } = await context.store.connections.connect({
      id: context.newId('connection'),
      workspaceId,
      portalId: portalId + run,
      dialect: 'app_events',
      now: clock.now(),
    });
    const connection = { _id, portalId: portalId + run };
    const scope = { portalId: connection.portalId, connectionIds: [_id] };
    const known: Delivery[] = [];
    const some = (nth: number) => known.slice(nth % Math.max(1, known.length)).slice(0, 3);
    const ids = (rows: readonly Delivery[]) => rows.map((row) => row._id);

    const plan = (rows: readonly Delivery[]) =>
      recordPlans(
        context,
        { fence: 1 },
        rows.map((delivery) => ({
          delivery,
          connection: {} as never,
          contactId: delivery.contactId ?? '501',
          contactName: 'C',
          contactNamed: true,
          contactCreatedAt: null,
          deals: [],
          dealIds: [],
          sends: [],
        })),
      );
    const settle = (rows: readonly Delivery[], state: 'delivered' | 'skipped') =>
      deliveries.settle({
        settlements: rows.map(({ _id: id }) => {
          return {
            id,
            state,
            reason: state === 'skipped' ? 'machine_click' : null,
            detail: null,
            attempts: 1,
            dueAt: null,
          };
        }),
        now: clock.now(),
      });

    return {
      scope,
      /** Clicks of some days ago arrive; `late` ones are planned and counted now. */
      async arrive({ daysAgo, count, human }: { daysAgo: number; count: number; human: boolean }) {
        const rows = Array.from({ length: count }, (_, n) =>
          queuedClick({
            id: `click-${run}-${known.length + n}`,
            contactId: '501',
            at: clock.now() - daysAgo * dayMs - n * 1_000,
            workspaceId,
            connection,
          }),
        );
        await deliveries.insertNew(rows);
        known.push(...rows);
        if (human) await plan(rows);
        await settle(rows, human ? 'delivered' : 'skipped');
      },
      async judgeAnew({ nth }: { nth: number }) {
        await deliveries.judgeAnew({ ids: ids(some(nth)), now: clock.now() });
        await plan(some(nth));
        await settle(some(nth), 'delivered');
      },
      merge: () => deliveries.repointContact({ portalId: connection.portalId, from: '501', to: '502' }),
      erase: ({ nth }: { nth: number }) => contactDeliveries.erase(ids(some(nth)), 'contact_erased'),
      async retain() {
        await context.store.workspaces.change({ workspaceId, set: { retentionDays: 31 } });
        await forgetOld(context);
      },
      keep: () => keepDayCounts(context),
      wait: ({ hours }: { hours: number }) => Promise.resolve(clock.advance(hours * hourMs)),
      async naive(): Promise<[string, number][]> {
        const rows = await Promise.all(
          daysIn(periodOf(clock.now(), 30)).map(async ({ day, ...span }): Promise<[string, number]> => {
            return [day, await deliveries.countClicks({ ...scope, ...span, limit: 100_000 })];
          }),
        );
        return rows;
      },
      read: (hurry: boolean) => countDays(context, { scope, period: periodOf(clock.now(), 30), hurry }),
    };
  }

  const step = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        does: fc.constant('arrive' as const),
        daysAgo: fc.integer({ min: 0, max: 50 }),
        count: fc.integer({ min: 1, max: 4 }),
        human: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('keep' as const) }) },
    fc.record({ does: fc.constantFrom('judgeAnew' as const, 'erase' as const), nth: fc.nat(30) }),
    fc.record({ does: fc.constantFrom('merge' as const, 'retain' as const) }),
  );

  it('are what the deliveries say, after every step of any story; in a hurry older ones are said to be older', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
        const account = await makeAccount();
        for (const { does, ...how } of steps) {
          await account[does](how as never);
          const naive = await account.naive();
          expect([...(await account.read(false)).byDay]).toEqual(naive);
          const hurried = await account.read(true);
          expect(hurried.isStale ? naive : [...hurried.byDay]).toEqual(naive);
        }
        clock.advance(2 * hourMs);
        await account.keep();
        const hurried = await account.read(true);
        expect(hurried.isStale, 'an hour after the last change everything is kept').toBe(false);
        expect([...hurried.byDay]).toEqual(await account.naive());
      }),
      { numRuns: 8 },
    );
  }, 240_000);

  it('survive a restart: only today is counted again', async () => {
    const account = await makeAccount();
    for (const daysAgo of [0, 1, 3, 9, 40]) await account.arrive({ daysAgo, count: 2, human: true });
    clock.advance(2 * hourMs);
    await account.keep();
    const counted: string[] = [];
    server.store.client.on('commandStarted', ({ commandName, command }) => {
      if (commandName === 'aggregate' && command['aggregate'] === 'deliveries') counted.push(commandName);
    });
    const { byDay } = await account.read(true);
    expect(counted.length, 'one question for today, one for yesterday in its first hour').toBeLessThanOrEqual(2);
    expect([...byDay]).toEqual(await account.naive());
  });

  it('that are being counted while a late click comes are not kept', async () => {
    const { dayCounts } = server.context.store;
    const account = await makeAccount();
    const [connectionId = ''] = account.scope.connectionIds;
    const day = dayOf(clock.now() - 5 * dayMs);
    await account.arrive({ daysAgo: 5, count: 1, human: true });
    const [month] = await dayCounts.list({ connectionIds: [connectionId], fromMonth: day.slice(0, 7) });
    await account.arrive({ daysAgo: 5, count: 1, human: true });
    const late = month ?? { connectionId, month: day.slice(0, 7), seq: 0, days: {}, touched: {} };
    expect(await dayCounts.save({ month: late, counts: new Map([[day, 1]]) })).toBe(false);
    expect(await dayCounts.save({ month: { ...late, seq: 0 }, counts: new Map([[day, 1]]) })).toBe(false);
    expect((await account.read(false)).byDay.get(day)).toBe(2);
  });
});
