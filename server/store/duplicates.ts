// Bulk inserts of rows that may be there already. Knows the driver's error shape so that nobody else has to.
import mongoose from 'mongoose';

/** How many of `count` rows were new. Any refusal but "exists already" is thrown. */
export async function unlessDuplicate(insert: Promise<unknown>, count: number): Promise<number> {
  try {
    await insert;
    return count;
  } catch (error) {
    if (!(error instanceof mongoose.mongo.MongoBulkWriteError)) throw error;
    const failures = [error.writeErrors].flat();
    if (failures.some((failure) => failure.code !== 11_000)) throw error;
    return count - failures.length;
  }
}
