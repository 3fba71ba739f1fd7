// How it is going: what the overview shows. Live events of deliveries and connections make it be read again.
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { api } from './api.ts';
import type { Overview } from './contract.ts';

const stillCountingMs = 3_000;

export const overviewQuery = (days: number) =>
  queryOptions({
    queryKey: ['overview', days],
    queryFn: ({ signal }) => api.get<Overview>('/v1/overview', { days }, signal),
  });

export function useOverview(days: number) {
  return useQuery({
    ...overviewQuery(days),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.complete === false ? stillCountingMs : false),
  });
}
