// What a place is sure to ask for, asked while its scripts are still on their way. On a slow network that saves a round trip
// and the time the scripts take. Where it fails, the page asks again and says so.
import type { LoaderFunctionArgs } from 'react-router';
import { connectionsQuery } from './connections.ts';
import { deliveryPages } from './deliveries.ts';
import { linkPages } from './links.ts';
import { overviewQuery } from './overview.ts';
import { pagesQuery } from './pages.ts';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session.ts';

/** Who is there: everything waits for it. */
export function askSessionAhead(): void {
  void queryClient.prefetchQuery(sessionQuery);
}

export const overviewAhead = ({ request }: LoaderFunctionArgs) =>
  ask(request, () => queryClient.prefetchQuery(overviewQuery(30)));
export const linksAhead = ({ request }: LoaderFunctionArgs) =>
  ask(request, () => queryClient.prefetchInfiniteQuery(pagesQuery(linkPages)));
export const logAhead = ({ request }: LoaderFunctionArgs) =>
  ask(request, () => queryClient.prefetchInfiniteQuery(pagesQuery(deliveryPages)));
export const connectionsAhead = ({ request }: LoaderFunctionArgs) =>
  ask(request, () => queryClient.prefetchQuery(connectionsQuery));

/** A view that is narrowed in the address asks for itself. */
function ask(request: Request, prefetch: () => Promise<void>): null {
  if (new URL(request.url).search === '') void prefetch();
  return null;
}
