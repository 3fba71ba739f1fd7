// Many small writes as few large ones: nothing is said to be committed that is not, and a failure stays with its own group.
import * as fc from 'fast-check';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeGroupCommit } from '../../server/lib/group-commit.ts';

describe('a group commit', () => {
  it('what arrives together is committed together, what arrives meanwhile goes next', async () => {
    const groups: number[][] = [];
    const commits = makeGroupCommit<number>(async (items) => {
      groups.push(items);
      await sleep(5);
    });
    const first = [1, 2, 3].map(commits.add);
    await new Promise(setImmediate);
    const second = [4, 5].map(commits.add);
    await Promise.all([...first, ...second]);
    expect(groups).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('a failure is told to everybody in its group and to nobody else', async () => {
    const commits = makeGroupCommit<number>((items) => {
      return items.includes(2) ? Promise.reject(new Error('refused')) : Promise.resolve();
    }, 2);
    const told = await Promise.allSettled([1, 2, 3, 4, 5].map(commits.add));
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    await expect(commits.add(6)).resolves.toBeUndefined();
  });

  it('draining waits for what is under way, and is at once when there is nothing', async () => {
    const committed: number[] = [];
    const commits = makeGroupCommit<number>(async (items) => {
      await sleep(5);
      committed.push(...items);
    });
    await commits.drain();
    const added = [1, 2].map(commits.add);
    await commits.drain();
    expect(committed).toEqual([1, 2]);
    await Promise.all(added);
  });

  it('never commits twice at once, never more than its limit, each item once and in order', async () => {
    const anyPauses = fc.array(fc.nat(3), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(anyPauses, fc.integer({ min: 1, max: 7 }), async (pauses, limit) => {
        let underWay = 0;
        const seen: number[] = [];
        const commits = makeGroupCommit<number>(async (items) => {
          underWay++;
          await new Promise(setImmediate);
          expect([underWay, items.length <= limit]).toEqual([1, true]);
          seen.push(...items);
          underWay--;
        }, limit);
        const added: Promise<void>[] = [];
        for (const [at, pause] of pauses.entries()) {
          added.push(commits.add(at));
          for (let turn = 0; turn < pause; turn++) await new Promise(setImmediate);
        }
        await Promise.all(added);
        expect(seen).toEqual(pauses.map((_, at) => at));
      }),
      { numRuns: 60 },
    );
  });
});
