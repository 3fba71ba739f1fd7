// How long somebody is waited for.
import { expect, it } from 'vitest';
import { makeAnswerWatch } from '../../server/lib/answer-watch.ts';
import { untilAborted } from '../../server/lib/until-aborted.ts';

it('of several questions under way the oldest counts, and the longest wait is told once', () => {
  let now = 0;
  const watch = makeAnswerWatch(() => now);
  expect(watch.openForMs()).toBe(0);
  const first = watch.open();
  now = 300;
  const second = watch.open();
  now = 1_000;
  expect(watch.openForMs()).toBe(1_000);
  first();
  expect(watch.openForMs()).toBe(700);
  now = 1_200;
  second();
  second();
  expect(watch.openForMs()).toBe(0);
  expect([watch.takeLongestMs(), watch.takeLongestMs()]).toEqual([1_000, 0]);
  watch.open();
  now = 9_000;
  expect(watch.takeLongestMs(), 'one that has no answer yet counts').toBe(7_800);
});

it('what cannot be stopped is waited for until the signal, and its own end no longer matters', async () => {
  const leave = new AbortController();
  const stoppedBy = () => new Error('others need the place');
  let fail: (error: Error) => void = () => undefined;
  const work = new Promise<string>((_resolve, reject) => {
    fail = reject;
  });
  const waiting = untilAborted(work, leave.signal, stoppedBy);
  leave.abort();
  await expect(waiting).rejects.toThrow('others need the place');
  fail(new Error('too late'));
  await expect(untilAborted(Promise.resolve('now'), undefined, stoppedBy)).resolves.toBe('now');
  await expect(untilAborted(Promise.resolve('now'), new AbortController().signal, stoppedBy)).resolves.toBe('now');
  await expect(untilAborted(Promise.resolve('now'), leave.signal, stoppedBy)).rejects.toThrow('others need the place');
});
