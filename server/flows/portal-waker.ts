// Tells portals that they have work. Hints that come close together are one write: a worker needs to hear it once.
import { makeGroupCommit } from '../lib/group-commit.ts';
import type { Store } from '../store/store.ts';

export interface PortalWaker {
  /** Resolves when the portals know that they have work at `at` or before. */
  wake(portalIds: readonly number[], at: number): Promise<void>;
}

interface Hint {
  portalIds: readonly number[];
  at: number;
}

export function makePortalWaker({ store }: { store: Store }): PortalWaker {
  const hints = makeGroupCommit<Hint>(async (together) => {
    const portalIds = new Set(together.flatMap((hint) => hint.portalIds));
    const at = together.reduce((earliest, hint) => Math.min(earliest, hint.at), Number.POSITIVE_INFINITY);
    await store.portals.wake({ portalIds: [...portalIds], at });
  });
  return { wake: (portalIds, at) => hints.add({ portalIds, at }) };
}
