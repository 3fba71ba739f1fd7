/** Where the app page's router stands. The page moves it; the router in the extension reads it like a React store. */
import { useSyncExternalStore } from 'react';

type Location = { path: string; params: Record<string, string> };

let location: Location = { path: '/', params: {} };
const listeners = new Set<() => void>();

export function movePage(path: string, params: Record<string, string>): void {
  location = { path, params };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function usePageLocation(): Location {
  return useSyncExternalStore(subscribe, () => location);
}
