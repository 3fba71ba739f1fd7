// Looking again and again: often while there is something, rarely while there is nothing, at once when told to.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { startPoll, type Poll } from '../../server/jobs/poll.ts';
import { until } from '../helpers/start-test-world.ts';

let poll: Poll | null = null;
afterEach(() => poll?.stop());

function watched({ everyMs, restMs, found }: { everyMs: number; restMs?: number; found: () => boolean }) {
  const looks: number[] = [];
  const errors: unknown[] = [];
  poll = startPoll({
    everyMs,
    ...(restMs === undefined ? {} : { restMs }),
    look: async () => {
      looks.push(performance.now());
      await sleep(1);
      return found();
    },
    onError: (error) => errors.push(error),
  });
  return { looks, errors, poll };
}

const pauses = (looks: readonly number[]) => looks.slice(1).map((at, n) => at - (looks[n] ?? 0));

it('pauses longer and longer while nothing is found, up to the longest', async () => {
  const { looks } = watched({ everyMs: 5, restMs: 80, found: () => false });
  await until('it has looked a few times', () => looks.length >= 7);
  const [first = 0] = pauses(looks);
  expect(first).toBeLessThan(80);
  expect(pauses(looks).at(-1)).toBeGreaterThanOrEqual(78);
});

it('looks at once when told to, and often again from then on', async () => {
  const { looks, poll: one } = watched({ everyMs: 5, restMs: 60_000, found: () => false });
  await until('it looks rarely', () => looks.length >= 3);
  await sleep(100);
  const before = looks.length;
  one.nudge();
  await until('it looked at once and soon again', () => looks.length >= before + 3);
});

it('what it is told during a look is looked at after it', async () => {
  let nudges = 3;
  const { looks, poll: one } = watched({
    everyMs: 10,
    restMs: 60_000,
    found: () => {
      if (nudges-- > 0) one.nudge();
      return false;
    },
  });
  await until('each was followed by a look', () => looks.length >= 4);
});

it('a look that fails is repeated and told', async () => {
  let fails = true;
  const { looks, errors } = watched({
    everyMs: 5,
    found: () => {
      if (!fails) return true;
      fails = false;
      throw new Error('The store is away.');
    },
  });
  await until('it looked again', () => looks.length >= 3);
  expect(errors).toHaveLength(1);
});

it('ends after the look under way and never looks again', async () => {
  const { looks, poll: one } = watched({ everyMs: 1, found: () => true });
  await until('it looks', () => looks.length >= 2);
  await one.stop();
  const ended = looks.length;
  one.nudge();
  await sleep(30);
  expect(looks).toHaveLength(ended);
});
