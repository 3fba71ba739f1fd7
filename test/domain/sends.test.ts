// Groups of timeline events: sent again as they were, cut only for a reason, and through any history of lost replies,
// crashes and cut batches no event is lost and none is written twice.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Send } from '../../server/domain/delivery.ts';
import { groupSends, planSends, splitGroup, type OpenSend, type SendGroup } from '../../server/domain/sends.ts';

function counter(): () => string {
  let count = 0;
  return () => `grp_${++count}`;
}

function openSends(count: number, send: Partial<Send> = {}): OpenSend[] {
  return Array.from({ length: count }, (_, at) => ({
    delivery: { _id: `d${at}` },
    send: { target: 'contact', group: null, groupSize: 0, done: false, ...send },
  }));
}

const idsOf = (group: SendGroup | undefined) => group?.members.map(({ delivery }) => delivery._id) ?? [];

const inOrder = (ids: string[]) => ids.sort((a, b) => a.localeCompare(b));

describe('the plan of a delivery', () => {
  it('is one event for the contact and one for each open deal', () => {
    expect(planSends([], ['701', '703']).map(({ target }) => target)).toEqual(['contact', 'deal:701', 'deal:703']);
  });

  it('once made it stays, even if the deals are others now', () => {
    const planned = planSends([], ['701']);
    expect(planSends(planned, ['999'])).toEqual(planned);
  });

  it('is a copy: changing it does not change what was read', () => {
    const read = planSends([], []);
    const copy = planSends(read, []);
    Object.assign(copy[0] ?? {}, { done: true });
    expect(read[0]?.done).toBe(false);
  });
});

describe('groups', () => {
  it('new events are cut to size and written down with their group', () => {
    const sends = openSends(5);
    const groups = groupSends(sends, 2, counter());
    expect(groups.map((group) => [group.id, idsOf(group), group.sentBefore])).toEqual([
      ['grp_1', ['d0', 'd1'], false],
      ['grp_2', ['d2', 'd3'], false],
      ['grp_3', ['d4'], false],
    ]);
    expect(sends.map(({ send }) => [send.group, send.groupSize])).toEqual([
      ['grp_1', 2],
      ['grp_1', 2],
      ['grp_2', 2],
      ['grp_2', 2],
      ['grp_3', 1],
    ]);
  });

  it('what was sent before goes again in exactly its group, apart from new events', () => {
    const again = openSends(3, { group: 'grp_old', groupSize: 3 });
    const [first, second] = groupSends([...openSends(1), ...again], 100, counter());
    expect(first).toMatchObject({ id: 'grp_old', sentBefore: true, complete: true });
    expect(first?.members).toEqual(again);
    expect(second).toMatchObject({ sentBefore: false });
  });

  it('a group that is not all here gets a new name, and is known not to be whole', () => {
    const some = openSends(2, { group: 'grp_old', groupSize: 3 });
    const [group] = groupSends(some, 100, counter());
    expect(group).toMatchObject({ id: 'grp_1', sentBefore: true, complete: false });
    expect(some.map(({ send }) => [send.group, send.groupSize])).toEqual([
      ['grp_1', 2],
      ['grp_1', 2],
    ]);
  });

  it('after a refusal it is halved, after a conflict every event stands alone', () => {
    const [group] = groupSends(openSends(5), 100, counter());
    if (!group) throw new Error('There is a group.');
    expect(splitGroup(group, 'refused', counter()).map(idsOf)).toEqual([
      ['d0', 'd1', 'd2'],
      ['d3', 'd4'],
    ]);
    expect(splitGroup(group, 'conflict', counter()).map(idsOf)).toEqual([['d0'], ['d1'], ['d2'], ['d3'], ['d4']]);
  });

  it('hold every event exactly once, whatever came before', () => {
    const sizes = { g1: 1, g2: 2, g3: 9 };
    const anyGroup = fc.option(fc.constantFrom('g1' as const, 'g2' as const, 'g3' as const));
    fc.assert(
      fc.property(fc.array(anyGroup, { maxLength: 30 }), fc.integer({ min: 1, max: 7 }), (before, size) => {
        const sends = before.map((group, at): OpenSend => {
          const groupSize = group === null ? 0 : sizes[group];
          return { delivery: { _id: `d${at}` }, send: { target: 'contact', group, groupSize, done: false } };
        });
        const groups = groupSends(sends, size, counter());
        expect(inOrder(groups.flatMap(idsOf))).toEqual(inOrder(sends.map(({ delivery }) => delivery._id)));
        expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
        for (const { id, members } of groups) {
          for (const { send } of members) expect(send).toMatchObject({ group: id, groupSize: members.length });
        }
      }),
    );
  });
});

/** What happens to one call: it works, its reply is lost after or before it worked, or the process dies. */
type Fate = 'works' | 'reply lost' | 'request lost' | 'dies';

interface Round {
  /** Which of the open deliveries the worker happens to take. */
  takes: boolean[];
  fates: Fate[];
}

/** HubSpot and our store, with a flow between them that does what the flow of the server does. */
function makeWorld({ count, refused, allOrNothing }: { count: number; refused: number[]; allOrNothing: boolean }) {
  const targets = ['contact', 'deal:701'];
  const newId = counter();
  const stored = new Map(Array.from({ length: count }, (_, at) => [`d${at}`, planSends([], ['701'])]));
  const bad = new Set(refused.map((at) => `d${at % count} deal:701`));
  const closed = new Set<string>();
  const atHubSpot: string[] = [];
  const nameOf = ({ delivery, send }: OpenSend) => `${delivery._id} ${send.target}`;
  const copy = (sends: Send[]) => sends.map((send) => ({ ...send }));

  function call(group: SendGroup): 'done' | 'refused' | 'conflict' {
    const names = group.members.map(nameOf);
    const there = names.filter((name) => atHubSpot.includes(name));
    if (allOrNothing) {
      if (names.some((name) => bad.has(name))) return 'refused';
      if (there.length > 0) return group.sentBefore && group.complete ? 'done' : 'conflict';
      atHubSpot.push(...names);
      return 'done';
    }
    // Knows no ids of ours: what is there is found only if somebody looks before writing.
    const open = group.sentBefore ? names.filter((name) => !there.includes(name)) : names;
    atHubSpot.push(...open.filter((name) => !bad.has(name)));
    return 'done';
  }

  function round({ takes, fates }: Round): void {
    const taken = [...stored.keys()].filter((id, at) => !closed.has(id) && takes[at % takes.length] !== false);
    const plans = new Map(taken.map((id) => [id, copy(stored.get(id) ?? [])]));
    const record = () => plans.forEach((sends, id) => stored.set(id, copy(sends)));
    const open = [...plans].flatMap(([id, sends]) =>
      sends.filter(({ done }) => !done).map((send) => ({ delivery: { _id: id }, send })),
    );
    const queue = groupSends(open, 3, newId);
    record();
    for (let group = queue.shift(), at = 0; group; group = queue.shift(), at++) {
      const fate = fates[at % Math.max(1, fates.length)] ?? 'works';
      if (fate === 'dies') return;
      if (fate === 'request lost') continue;
      const result = call(group);
      if (fate === 'reply lost') continue;
      if (result === 'done') for (const { send } of group.members) send.done = true;
      else if (group.members.length > 1) {
        queue.push(...splitGroup(group, result, newId));
        record();
      } else if (result === 'conflict') for (const { send } of group.members) send.done = true;
      else for (const { delivery } of group.members) closed.add(delivery._id);
    }
    for (const [id, sends] of plans) if (sends.every(({ done }) => done)) closed.add(id);
  }

  const wanted = [...stored.keys()].flatMap((id) => targets.map((target) => `${id} ${target}`));
  return { round, atHubSpot, bad, closed, wanted, ids: [...stored.keys()] };
}

const anyHistory = fc.array(
  fc.record<Round>({
    takes: fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
    fates: fc.array(fc.constantFrom<Fate>('works', 'reply lost', 'request lost', 'dies'), { maxLength: 5 }),
  }),
  { maxLength: 8 },
);
const anyWorld = fc.record({
  count: fc.integer({ min: 1, max: 7 }),
  refused: fc.array(fc.nat(6), { maxLength: 2 }),
  allOrNothing: fc.boolean(),
});

it('after any history of lost replies, deaths and cut batches, every event is at HubSpot once', () => {
  fc.assert(
    fc.property(anyWorld, anyHistory, (options, history) => {
      const world = makeWorld(options);
      for (const round of history) world.round(round);
      for (let calm = 0; calm < 3; calm++) world.round({ takes: [true], fates: [] });
      expect(new Set(world.atHubSpot).size).toBe(world.atHubSpot.length);
      const spoiled = new Set([...world.bad].map((name) => name.split(' ')[0]));
      const due = world.wanted.filter((name) => !spoiled.has(name.split(' ')[0]));
      expect(world.atHubSpot).toEqual(expect.arrayContaining(due));
      expect([...world.closed].sort()).toEqual([...world.ids].sort());
    }),
    { numRuns: 400 },
  );
});
