// Bulk inserts of rows that may be there already. Knows the driver's error shape so that nobody else has to.
import mongoose from 'mongoose';

const duplicateKey = 11_000;

/** Positions of the rows a bulk insert refused because they are there already. Any other failure is thrown. */
export function duplicatesIn(error: unknown): number[] {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
  // A connection lost on the way is a bulk error too: without a refused row, and with the true cause as its response.
  const response: unknown = error.errorResponse;
  if (response instanceof Error) throw response;
  const refused = [error.writeErrors].flat();
  if (refused.length === 0 || refused.some(({ code }) => code !== duplicateKey)) throw error;
  return refused.map(({ index }) => index);
}

/** How many of `count` rows were new. */
export async function unlessDuplicate(insert: Promise<unknown>, count: number): Promise<number> {
  try {
    await insert;
    return count;
  } catch (error) {
    return count - duplicatesIn(error).length;
  }
}
