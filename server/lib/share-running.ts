// Callers that want the same while it is being worked out get the one answer.

export type ShareRunning = <V>(key: string, make: () => Promise<V>) => Promise<V>;

/** Nothing is kept: the next caller after the answer starts anew. What is made under one key must always be of one type. */
export function makeShareRunning(): ShareRunning {
  const running = new Map<string, Promise<unknown>>();

  return <V>(key: string, make: () => Promise<V>) => {
    const known = running.get(key) as Promise<V> | undefined;
    if (known) return known;
    const made = make().finally(() => running.delete(key));
    running.set(key, made);
    return made;
  };
}
