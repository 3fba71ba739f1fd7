// Which connection of the account a person means: the only one, or the one they name. One of another account is simply not there.
import { CodedError } from '../../errors.ts';
import type { Connection } from '../../store/connections.ts';
import type { CardPortal } from './card-portal.ts';

/** Null when the account has none. */
export function findConnection({ connections }: CardPortal, connectionId: string | undefined): Connection | null {
  if (connectionId === undefined) return connections[0] ?? null;
  const found = connections.find(({ _id }) => _id === connectionId);
  if (found) return found;
  throw new CodedError('not_found', 'This account has no such connection.', { field: 'connection_id' });
}

/** For a change: where there are several, it must be named. */
export function chooseConnection(card: CardPortal, connectionId: string | undefined): Connection {
  const found = findConnection(card, connectionId);
  if (!found) throw new CodedError('conflict', 'This account is not connected.', { details: { state: card.state } });
  if (connectionId === undefined && card.connections.length > 1) {
    throw new CodedError('invalid_request', 'Several Elido workspaces use this account. Send connection_id.', {
      field: 'connection_id',
    });
  }
  return found;
}
