// The field mapping of a connection, the properties of its HubSpot account, and what a mapping would do to a contact.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from './api.ts';
import type { FieldMapping, FieldMappingRow, FieldMappingTry, PropertyList } from './contract.ts';

const pathOf = (connectionId: string, what: string) => `/v1/connections/${encodeURIComponent(connectionId)}/${what}`;

export function useFieldMapping(connectionId: string) {
  return useQuery({
    queryKey: ['field-mapping', connectionId],
    queryFn: ({ signal }) => api.get<FieldMapping>(pathOf(connectionId, 'field-mapping'), undefined, signal),
    // A draft is based on it: it is not read again under somebody's hands.
    staleTime: Infinity,
  });
}

export function useSaveFieldMapping(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (rows: FieldMappingRow[]) => api.put<FieldMapping>(pathOf(connectionId, 'field-mapping'), { rows }),
    onSuccess: (mapping) => client.setQueryData(['field-mapping', connectionId], mapping),
  });
}

export function useProperties(connectionId: string) {
  return useQuery({
    queryKey: ['properties', connectionId],
    queryFn: ({ signal }) => api.get<PropertyList>(pathOf(connectionId, 'properties'), undefined, signal),
    staleTime: 5 * 60_000,
  });
}

/** Asks HubSpot again, for a property that somebody has just made there. */
export function useRefreshProperties(connectionId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.get<PropertyList>(pathOf(connectionId, 'properties'), { refresh: true }),
    onSuccess: (list) => client.setQueryData(['properties', connectionId], list),
  });
}

export interface MappingTrial {
  who: { contact_id: string } | { email: string };
  rows: FieldMappingRow[];
}

/** Writes nothing. */
export function useTryFieldMapping(connectionId: string) {
  return useMutation({
    mutationFn: ({ who, rows }: MappingTrial) =>
      api.post<FieldMappingTry>(pathOf(connectionId, 'field-mapping/try'), { ...who, rows }),
  });
}
