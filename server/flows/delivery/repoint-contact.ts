// After a merge in HubSpot: clicks, counters and touches of the old contact become those of the survivor.
import { emptyLedger, foldTouches } from '../../domain/attribution.ts';
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
    const touches = [old.first, old.lead, old.deal, old.last, old.lastClick].filter((touch) => touch !== null);
    const conversions = old.lastConversion ? [old.lastConversion] : [];
    const folded = foldTouches(
      ledgers.get(to) ?? emptyLedger,
      { clicks: touches, conversions },
      {
        contactCreatedAt: null,
        dealCreatedAt: null,
      },
    );
    const ledger = { ...folded, lead: ledgers.get(to)?.lead ?? old.lead, deal: ledgers.get(to)?.deal ?? old.deal };
    await store.touches.saveMany({ portalId, ledgers: new Map([[to, ledger]]), recountAt: new Map([[to, now()]]) });
    await store.touches.remove({ portalId, contactId: from });
  }
  const workspaceIds = (await store.connections.listOfPortal(portalId)).map(({ workspaceId }) => workspaceId);
  await store.contactDeliveries.repoint({ portalId, workspaceIds, from, to });
  await store.contactAliases.repointContact({ portalId, from, to });
}
