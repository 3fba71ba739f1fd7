// Settings of the workspace, API keys, people, sessions and the audit log.
import { useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query';
import { api } from './api.ts';
import type {
  ApiKeyList,
  ApiScope,
  AuditEntry,
  AuditList,
  MemberList,
  Role,
  RotatedApiKey,
  SessionList,
  ShownApiKey,
  SignInLink,
  Workspace,
  WorkspaceChange,
} from './contract.ts';
import { usePages } from './pages.ts';

const keysKey = ['api-keys'] as const;
const membersKey = ['members'] as const;
const sessionsKey = ['sessions'] as const;
const workspaceKey = ['workspace'] as const;
const lookAgainMs = 5_000;
const at = (...parts: string[]) => `/v1/${parts.map(encodeURIComponent).join('/')}`;

/** A change after which a list is read again. */
function useChange<Input, Output>(change: (input: Input) => Promise<Output>, ...stale: QueryKey[]) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => Promise.all(stale.map((queryKey) => client.invalidateQueries({ queryKey }))),
  });
}

export function useWorkspace() {
  return useQuery({
    queryKey: workspaceKey,
    queryFn: ({ signal }) => api.get<Workspace>('/v1/workspace', undefined, signal),
  });
}

export function useChangeWorkspace() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: WorkspaceChange) => api.patch<Workspace>('/v1/workspace', change),
    onSuccess: (workspace, change) => {
      client.setQueryData(workspaceKey, workspace);
      if (change.name !== undefined) void client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

export function useApiKeys(enabled: boolean) {
  return useQuery({
    queryKey: keysKey,
    queryFn: ({ signal }) => api.get<ApiKeyList>('/v1/api-keys', undefined, signal),
    select: (list) => list.api_keys,
    enabled,
  });
}

export const useMakeApiKey = () =>
  useChange((body: { name: string; scopes: ApiScope[] }) => api.post<ShownApiKey>('/v1/api-keys', body), keysKey);

export const useRotateApiKey = () =>
  useChange(
    ({ id, graceHours }: { id: string; graceHours: number }) =>
      api.post<RotatedApiKey>(at('api-keys', id, 'rotate'), { grace_hours: graceHours }),
    keysKey,
  );

export const useRevokeApiKey = () => useChange((id: string) => api.delete(at('api-keys', id)), keysKey);

export function useMembers() {
  return useQuery({
    queryKey: membersKey,
    queryFn: ({ signal }) => api.get<MemberList>('/v1/members', undefined, signal),
    // An invitation that is out may be accepted while somebody looks.
    refetchInterval: ({ state }) => (state.data?.invitations.length ? lookAgainMs : false),
  });
}

export const useInvite = () =>
  useChange(
    (body: { name: string; role: Role; email?: string }) => api.post<SignInLink>('/v1/members/invitations', body),
    membersKey,
  );

export const useTakeBackInvitation = () =>
  useChange((id: string) => api.delete(at('members', 'invitations', id)), membersKey);

export const useChangeRole = () =>
  useChange(({ id, role }: { id: string; role: Role }) => api.patch(at('members', id), { role }), membersKey);

export const useRemoveMember = () => useChange((id: string) => api.delete(at('members', id)), membersKey);

export const useMakeSignInLink = () =>
  useChange((memberId: string) => api.post<SignInLink>(at('members', memberId, 'sign-in-links')));

export function useSessions() {
  return useQuery({
    queryKey: sessionsKey,
    queryFn: ({ signal }) => api.get<SessionList>('/v1/sessions', undefined, signal),
    select: (list) => list.sessions,
  });
}

export const useEndSession = () => useChange((id: string) => api.delete(at('sessions', id)), sessionsKey);

export const useEndOtherSessions = () =>
  useChange((_nothing: undefined) => api.delete<{ ended: number }>('/v1/sessions'), sessionsKey);

export interface AuditFilter {
  action?: string | undefined;
  actor_id?: string | undefined;
  target_id?: string | undefined;
}

export function useAudit(filter: AuditFilter) {
  return usePages<AuditList, AuditEntry>({
    key: ['audit'],
    path: '/v1/audit',
    query: { ...filter },
    rowsOf: ({ entries }) => entries,
  });
}
