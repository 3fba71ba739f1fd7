// The connection a rule belongs to. One of another workspace is simply not there.
import { CodedError } from '../../errors.ts';
import type { Connection } from '../../store/connections.ts';
import type { Context } from '../context.ts';

export async function findActiveConnection(
  { store }: Context,
  key: { workspaceId: string; connectionId: string },
): Promise<Connection> {
  const connection = await store.connections.find(key);
  if (connection && connection.state !== 'disconnected') return connection;
  throw new CodedError('not_found', 'This workspace has no such connection.', { field: 'connection_id' });
}
