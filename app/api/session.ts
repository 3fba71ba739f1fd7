// Who is signed in, and what they may do.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ApiError } from './api.ts';
import type { ApiScope, ConsoleSession } from './contract.ts';

const sessionKey = ['session'] as const;

/** Null: nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: sessionKey,
  queryFn: async ({ signal }) => {
    try {
      return await api.get<ConsoleSession>('/console/session', undefined, signal);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
});

export function useSession() {
  return useQuery(sessionQuery);
}

/** The session inside the shell, where somebody is signed in. */
export function useSignedIn(): ConsoleSession {
  const { data } = useSession();
  if (!data) throw new Error('Used outside of the shell: nobody is signed in.');
  return data;
}

/** Whether the role of the person allows it. The server decides in any case; this only hides what would be refused. */
export function useCan(scope: ApiScope): boolean {
  const { data } = useSession();
  return data?.scopes.includes(scope) ?? false;
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.post('/console/sign-out'),
    onSuccess: () => {
      client.clear();
      client.setQueryData(sessionKey, null);
    },
  });
}

export function useSwitchWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (workspaceId: string) =>
      api.post<ConsoleSession>('/console/session/workspace', { workspace_id: workspaceId }),
    onSuccess: (session) => {
      client.clear();
      client.setQueryData(sessionKey, session);
    },
  });
}

/** After the server said that the session is over: the sign-in page appears in place of what was shown. */
export function useForgetSession(): () => void {
  const client = useQueryClient();
  return () => client.setQueryData(sessionKey, null);
}
