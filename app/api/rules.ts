// Threshold rules: reading, writing, rehearsing over stored clicks, and the moves they made.
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from './api.ts';
import type { BackTest, BackTestReply, Rule, RuleList, RuleMove, RuleMoveList } from './contract.ts';
import { usePages } from './pages.ts';

const rulesKey = ['rules'] as const;
const movesKey = ['rule-moves'] as const;
const rulePath = (id: string) => `/v1/rules/${encodeURIComponent(id)}`;

export function useRules() {
  return useQuery({
    queryKey: rulesKey,
    queryFn: ({ signal }) => api.get<RuleList>('/v1/rules', undefined, signal),
    select: ({ rules }) => rules,
  });
}

export function useRule(id: string) {
  return useQuery({
    queryKey: ['rule', id],
    queryFn: ({ signal }) => api.get<Rule>(rulePath(id), undefined, signal),
  });
}

export function useCreateRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rule: { connection_id: string; text: string }) => api.post<Rule>('/v1/rules', rule),
    onSuccess: (rule) => putRule(client, rule),
  });
}

export function useSaveRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) => api.put<Rule>(rulePath(id), { text }),
    onSuccess: (rule) => putRule(client, rule),
  });
}

export function useSwitchRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, enabled }: { id: string; enabled: boolean }) => api.patch<Rule>(rulePath(id), { enabled }),
    onSuccess: (rule) => putRule(client, rule),
  });
}

/** Lets it fire once more for each deal, by clicks from now on. */
export function useArmRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Rule>(`${rulePath(id)}/arm`),
    onSuccess: (rule) => putRule(client, rule),
  });
}

export function useArchiveRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.delete<Rule>(rulePath(id)),
    onSuccess: () => client.invalidateQueries({ queryKey: rulesKey }),
  });
}

/** Changes nothing: which deals the draft would have moved, per threshold. */
export function useRehearsal() {
  return useMutation({ mutationFn: (draft: BackTest) => api.post<BackTestReply>('/v1/rules/back-test', draft) });
}

export function useMoves() {
  return usePages<RuleMoveList, RuleMove>({ key: movesKey, path: '/v1/rule-moves', rowsOf: ({ moves }) => moves });
}

export function useUndoMove() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<RuleMove>(`/v1/rule-moves/${encodeURIComponent(id)}/undo`),
    onSuccess: () => client.invalidateQueries({ queryKey: movesKey }),
  });
}

function putRule(client: QueryClient, rule: Rule): void {
  client.setQueryData(['rule', rule.id], rule);
  void client.invalidateQueries({ queryKey: rulesKey });
}
