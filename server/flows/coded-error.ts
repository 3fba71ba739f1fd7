// Any thrown value as a coded error, with the store's own failures told apart. For the edges: HTTP, jobs, commands.
import { CodedError, isCoded, toCoded } from '../errors.ts';
import { isStoreUnavailable } from '../store/unavailable.ts';

/** A store that cannot be asked is `store_unavailable`: never "not found" and never our own bug. */
export function codedErrorOf(error: unknown): CodedError {
  if (isCoded(error) || !isStoreUnavailable(error)) return toCoded(error);
  return new CodedError('store_unavailable', 'The store does not answer. Nothing was changed; try again in a moment.', {
    retryAfterMs: 2_000,
    cause: error,
  });
}
