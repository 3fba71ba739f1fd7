// Who a contact of a portal is in our own records: every id that leads to it, and the workspaces that may have events of it.
import type { PersonKeys } from '../../store/contact-deliveries.ts';
import type { Context } from '../context.ts';

export interface ContactOfPortal {
  portalId: number;
  contactId: string;
}

/** By the contact's ids alone. */
export async function personOf(context: Context, { portalId, contactId }: ContactOfPortal): Promise<PersonKeys> {
  const { store } = context;
  const survivor = await store.contactMerges.survivorOf({ portalId, contactId });
  const contactIds = await store.contactMerges.allIdsOf({ portalId, contactId: survivor });
  const connections = await store.connections.listOfPortal(portalId);
  return {
    portalId,
    workspaceIds: connections.map(({ workspaceId }) => workspaceId),
    contactIds,
    who: contactIds.flatMap((id) => [id, `${portalId}-${id}`]),
    whoIn: [],
    emails: [],
  };
}
