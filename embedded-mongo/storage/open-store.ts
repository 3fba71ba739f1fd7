/** Opens a store: in memory, or from a data folder with its log. */
import { noJournal, type Journal } from './journal.ts';
import { makeStore, type Store } from './store.ts';

export type OpenOptions = {
  dataDir?: string | undefined;
  sync?: boolean | undefined;
  compactAtBytes?: number | undefined;
};

export async function openStore({ dataDir }: OpenOptions): Promise<{ store: Store; journal: Journal }> {
  if (dataDir === undefined) return { store: makeStore(noJournal.append), journal: noJournal };
  throw new Error('data folders are not supported yet');
}
