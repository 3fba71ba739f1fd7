// Tells "the store could not be asked" from every other failure of a query. Knows the driver's error names so that nobody else has to.
import mongoose from 'mongoose';

const { MongoError, MongoNetworkError, MongoServerSelectionError, MongoOperationTimeoutError, MongoServerError } =
  mongoose.mongo;

/** Codes with which a server says that it is not (or no longer) able to serve: shutdown, no primary, time limit. */
const serverCodes = new Set<unknown>([11_600, 91, 189, 10_107, 13_435, 11_602, 50, 262]);

export function isStoreUnavailable(error: unknown): boolean {
  if (error instanceof MongoServerError) return serverCodes.has(error.code);
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true;
  if (error instanceof MongoOperationTimeoutError) return true;
  if (error instanceof MongoError)
    return /^Mongo(NotConnected|TopologyClosed|PoolC|ClientClosed|ConnectionPool|WaitQueue)/.test(error.name);
  return (
    error instanceof mongoose.Error &&
    /buffering timed out|not connected|before initial connection/i.test(error.message)
  );
}
