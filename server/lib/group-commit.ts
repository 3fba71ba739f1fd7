// Many small writes as few large ones: what arrives while a commit is under way goes into the next one.

export interface GroupCommit<T> {
  /** Resolves when the item is committed; rejects with the commit's error. */
  add(item: T): Promise<void>;
  /** Resolves when nothing is waiting or under way. */
  drain(): Promise<void>;
}

interface Waiting<T> {
  item: T;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** `commit` gets at most `maxItems` at a time and is never called twice at once. */
export function makeGroupCommit<T>(commit: (items: T[]) => Promise<void>, maxItems = 1_000): GroupCommit<T> {
  let waiting: Waiting<T>[] = [];
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    // One turn of the event loop, so that requests that arrived together leave together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const group = waiting.slice(0, maxItems);
      waiting = waiting.slice(maxItems);
      try {
        await commit(group.map(({ item }) => item));
        for (const { resolve } of group) resolve();
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    running = null;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        waiting.push({ item, resolve, reject });
        running ??= run();
      }),
    drain: async () => {
      await running;
    },
  };
}
