// Counts what a program asks its store: every command that its driver sends, under the verb of the store that sent it. The program is
// told to watch by its address of the store, and must run in this process.
import { AsyncLocalStorage } from 'node:async_hooks';
import mongoose from 'mongoose';
import type { Store } from '../../server/store/store.ts';

export interface StoreWatch {
  /** Commands since the last call, by `{verb}: {command} {collection}`, the most frequent first. */
  take(): Map<string, number>;
}

/** The driver tells what it sends only when asked to from the start. */
export function watchedUri(uri: string): string {
  const url = new URL(uri);
  url.searchParams.set('monitorCommands', 'true');
  return url.href;
}

/** Opens something that connects to a watched address, and watches the store it has. */
export async function watchStore<Opened>(
  open: () => Promise<Opened>,
  storeOf: (opened: Opened) => Store,
): Promise<{ opened: Opened; watch: StoreWatch }> {
  const before = new Set(mongoose.connections);
  const opened = await open();
  const verbs = new AsyncLocalStorage<string>();
  nameVerbs(storeOf(opened), verbs);
  let counts = new Map<string, number>();
  const note = ({ commandName, command }: mongoose.mongo.CommandStartedEvent) => {
    const collection = (command as Record<string, unknown>)[commandName];
    const sent = typeof collection === 'string' ? `${commandName} ${collection}` : commandName;
    const key = `${verbs.getStore() ?? 'driver'}: ${sent}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  for (const connection of mongoose.connections) {
    if (!before.has(connection)) connection.getClient().on('commandStarted', note);
  }
  return {
    opened,
    watch: {
      take() {
        const taken = new Map([...counts].sort(([, a], [, b]) => b - a));
        counts = new Map();
        return taken;
      },
    },
  };
}

type Verb = (...given: unknown[]) => unknown;

/** What a verb sends is sent under its name. */
function nameVerbs(store: Store, verbs: AsyncLocalStorage<string>): void {
  for (const [name, collection] of Object.entries(store)) {
    if (typeof collection !== 'object') continue;
    const table = collection as Record<string, Verb>;
    for (const [verb, run] of Object.entries(table)) {
      table[verb] = (...given) =>
        verbs.run(`${name}.${verb}`, () => {
          const answer = run(...given);
          return isThenable(answer) ? sentNow(answer) : answer;
        });
    }
  }
}

function isThenable(answer: unknown): answer is PromiseLike<unknown> {
  return typeof answer === 'object' && answer !== null && 'then' in answer;
}

/** A query that was only built is sent where it is awaited. */
async function sentNow(answer: PromiseLike<unknown>): Promise<unknown> {
  const given = await answer;
  return given;
}
