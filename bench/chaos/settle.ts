// Waits until nothing is under way any more: no click on disk, no delivery that something will still happen to.
import { readdir } from 'node:fs/promises';
import { waitFor } from '../world/wait-for.ts';
import type { Town } from './town.ts';

/** False when the deadline came first; then the rest counts as lost. */
export async function settle({ store, households, spoolFolder }: Town, withinMs: number): Promise<boolean> {
  const isQuiet = async () => {
    if ((await readdir(spoolFolder)).some((name) => name.endsWith('.ndjson'))) return false;
    for (const { portalId } of households) {
      if ((await store.deliveries.nextDueAt(portalId)) !== null) return false;
    }
    return true;
  };
  try {
    await waitFor('the last delivery', isQuiet, { withinMs, everyMs: 500 });
    return true;
  } catch {
    return false;
  }
}
