// After a merge in HubSpot: clicks, counters and touches of the old contact become those of the survivor.
import { emptyLedger, mergeLedgers } from '../../domain/attribution.ts';
import type { Context } from '../context.ts';

export interface Merge {
  portalId: number;
  from: string;
  to: string;
}

/** Safe to repeat: a second time there is nothing left to move. The survivor's counters are then due to be counted again. */
export async function repointContact({ store, now }: Context, { portalId, from, to }: Merge): Promise<void> {
  const ledgers = await store.touches.findMany({ portalId, contactIds: [from, to] });
  const old = ledgers.get(from);
  if (old) {
    const ledger = mergeLedgers(ledgers.get(to) ?? emptyLedger, old);
    await store.touches.saveMany({ portalId, ledgers: new Map([[to, ledger]]), recountAt: new Map([[to, now()]]) });
    await store.touches.remove({ portalId, contactId: from });
    await store.portals.wake({ portalIds: [portalId], at: now(), kind: 'recounts' });
  }
  const workspaceIds = (await store.connections.listOfPortal(portalId)).map(({ workspaceId }) => workspaceId);
  await store.contactDeliveries.repoint({ portalId, workspaceIds, from, to });
  await store.contactAliases.repointContact({ portalId, from, to });
  await store.ruleMoves.repointContact({ portalId, from, to });
  await store.actionWaits.repointContact({ portalId, from, to });
  await store.seenRecords.removeContacts({ portalId, contactIds: [from] });
}
