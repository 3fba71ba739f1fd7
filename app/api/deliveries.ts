// The delivery log: pages of it, the story of one event, and sending again. Live events replace rows that are shown.
import { useMutation, useQuery, useQueryClient, type InfiniteData, type QueryClient } from '@tanstack/react-query';
import { api, type Query } from './api.ts';
import type { Delivery, DeliveryList, Explanation, NewReplay, Replay, ReplayPreview } from './contract.ts';
import { usePages } from './pages.ts';

const listKey = ['deliveries'] as const;
export const deliveryPages = { key: listKey, path: '/v1/deliveries' } as const;
const explanationKey = (eventId: string) => ['explanation', eventId] as const;
const lookAgainMs = 1_500;

export function useDeliveries(query: Query) {
  return usePages<DeliveryList, Delivery>({
    ...deliveryPages,
    query,
    rowsOf: ({ deliveries }) => deliveries,
  });
}

/** From click to HubSpot's answer, one story per connection. */
export function useExplanation(eventId: string) {
  return useQuery({
    queryKey: explanationKey(eventId),
    queryFn: ({ signal }) =>
      api.get<Explanation>(`/v1/events/${encodeURIComponent(eventId)}/explanation`, undefined, signal),
  });
}

/** What would be sent again; changes nothing. */
export function useReplayPreview(what: NewReplay) {
  return useQuery({
    queryKey: ['replay-preview', what],
    queryFn: () => api.post<ReplayPreview>('/v1/deliveries/replay', { ...what, preview: true }),
    staleTime: 0,
    gcTime: 0,
  });
}

export function useStartReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (what: NewReplay) => api.post<Replay>('/v1/deliveries/replay', what),
    onSuccess: (replay) => putReplay(client, replay),
  });
}

/** Live events say how far it is; should they not come through, it is asked for. */
export function useReplay(id: string) {
  return useQuery({
    queryKey: ['replays', id],
    queryFn: ({ signal }) => api.get<Replay>(`/v1/replays/${encodeURIComponent(id)}`, undefined, signal),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? lookAgainMs : false),
  });
}

export function useCancelReplay() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => api.post<Replay>(`/v1/replays/${encodeURIComponent(id)}/cancel`),
    onSuccess: (replay) => putReplay(client, replay),
  });
}

export function putReplay(client: QueryClient, replay: Replay): void {
  client.setQueryData(['replays', replay.id], replay);
  if (replay.state !== 'running') void client.invalidateQueries({ queryKey: listKey });
}

/** A row that is shown takes its new state where it stands; new rows are the page's business. */
export function putDelivery(client: QueryClient, delivery: Delivery): void {
  client.setQueriesData<InfiniteData<DeliveryList>>({ queryKey: listKey }, (data) =>
    data ? withDelivery(data, delivery) : data,
  );
  void client.invalidateQueries({ queryKey: explanationKey(delivery.event_id) });
}

function withDelivery(data: InfiniteData<DeliveryList>, delivery: Delivery): InfiniteData<DeliveryList> {
  if (!data.pages.some(({ deliveries }) => deliveries.some(({ id }) => id === delivery.id))) return data;
  const pages = data.pages.map((page) => ({
    ...page,
    deliveries: page.deliveries.map((shown) => (shown.id === delivery.id ? delivery : shown)),
  }));
  return { ...data, pages };
}
