// Connections to HubSpot accounts: reading, connecting, changing, and what is known of an account. Live events keep the list fresh.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api.ts';
import type {
  Connection,
  ConnectionChange,
  ConnectionList,
  DisconnectReply,
  InstallLink,
  Pipeline,
  PipelineList,
} from './contract.ts';
import { putConnection } from './put-connection.ts';

const connectionPath = (id: string) => `/v1/connections/${encodeURIComponent(id)}`;
const stillPreparingMs = 2_000;

/** Those that are disconnected are part of it: they can be connected again. */
export const connectionsQuery = queryOptions({
  queryKey: ['connections'],
  queryFn: ({ signal }) => api.get<ConnectionList>('/v1/connections', undefined, signal),
});

export function useConnections() {
  return useQuery({
    ...connectionsQuery,
    select: ({ connections }) => connections,
    // Live events say how far the preparation is; should they not come through, it is asked for.
    refetchInterval: ({ state }) => (state.data?.connections.some(isPreparing) ? stillPreparingMs : false),
  });
}

function isPreparing({ state, provisioning }: Connection): boolean {
  return state === 'active' && (provisioning.state === 'pending' || provisioning.state === 'running');
}

/** Leads to HubSpot, where a person accepts the rights; also for an account that has to be connected again. */
export function useStartConnecting() {
  return useMutation({
    mutationFn: () => api.post<InstallLink>('/v1/connections/install-links'),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}

export function useChangeConnection() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: ConnectionChange }) =>
      api.patch<Connection>(connectionPath(id), change),
    onSuccess: (connection) => {
      putConnection(client, connection);
      void client.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}

export function useDisconnect() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<DisconnectReply>(connectionPath(id)),
    onSuccess: ({ connection }) => {
      putConnection(client, connection);
      void client.invalidateQueries({ queryKey: ['overview'] });
    },
  });
}

/** What a rule may name: none while they are on their way, undefined when the account does not answer. */
export function usePipelineChoices(connectionId: string): readonly Pipeline[] | undefined {
  const { data, isError } = usePipelines(connectionId);
  return data?.pipelines ?? (isError ? undefined : []);
}

/** Deal pipelines and their stages, by name. */
export function usePipelines(connectionId: string) {
  return useQuery({
    queryKey: ['pipelines', connectionId],
    queryFn: ({ signal }) => api.get<PipelineList>(`${connectionPath(connectionId)}/pipelines`, undefined, signal),
    staleTime: 5 * 60_000,
  });
}
