// Which connection a workflow action works for: the account's active one; of several the oldest, because a workflow names none.
import { CodedError } from '../../errors.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';

export interface ActionCall {
  portalId: number;
  callbackId: string;
  object: { objectId: string; objectType: string };
}

export async function actionConnection({ store }: Context, portalId: number): Promise<Connection> {
  const [portal, connections] = await Promise.all([
    store.portals.find(portalId),
    store.connections.listOfPortal(portalId),
  ]);
  const [oldest] = connections
    .filter(({ state }) => state === 'active')
    .toSorted((a, b) => a.connectedAt.getTime() - b.connectedAt.getTime());
  if (oldest && portal?.state !== 'uninstalled') return oldest;
  throw new CodedError('conflict', 'Elido is not connected to this account. Connect it, then run the workflow again.');
}

/** Throws `invalid_request` for another kind of record. */
export function contactOf({ object }: ActionCall): string {
  if (object.objectType === 'CONTACT' || object.objectType === '0-1') return object.objectId;
  throw new CodedError('invalid_request', 'This action works in workflows of contacts.', {
    field: 'object.objectType',
  });
}
