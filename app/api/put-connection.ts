// Puts a connection as the server tells it into the list that was read.
import type { QueryClient } from '@tanstack/react-query';
import type { Connection, ConnectionList } from './contract.ts';

export function putConnection(client: QueryClient, connection: Connection): void {
  client.setQueryData<ConnectionList>(['connections'], (list) => {
    if (!list) return list;
    const isKnown = list.connections.some(({ id }) => id === connection.id);
    const connections = isKnown
      ? list.connections.map((one) => (one.id === connection.id ? connection : one))
      : [connection, ...list.connections];
    return { ...list, connections };
  });
}
