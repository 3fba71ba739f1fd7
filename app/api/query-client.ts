// The cache of what was read. Live events keep it fresh, so nothing is read again only because a window was focused.
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api.ts';

const retries = 2;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // A refusal stays one; what the network lost or the server could not do is worth another try.
      retry: (failures, error) =>
        failures < retries && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
      throwOnError: false,
    },
  },
});
