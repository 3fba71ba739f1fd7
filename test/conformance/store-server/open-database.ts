/** A fresh database on the server under test: MONGODB_URI, or the embedded store in memory. Dropped at the end. */
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { startEmbeddedMongo } from '../../../embedded-mongo/index.ts';

export type OpenDatabase = {
  uri: string;
  name: string;
  client: mongoose.mongo.MongoClient;
  db: mongoose.mongo.Db;
  collection: () => mongoose.mongo.Collection<Doc>;
  close: () => Promise<void>;
};
/** Documents of any shape: what is stored is the test's business. */
export type Doc = { _id?: Id; [field: string]: unknown };
type Id = string | number | boolean | Date | null | mongoose.mongo.ObjectId | unknown[];

export async function openDatabase(options: mongoose.mongo.MongoClientOptions = {}): Promise<OpenDatabase> {
  const given = process.env.MONGODB_URI;
  const embedded = given ? undefined : await startEmbeddedMongo();
  const uri = given ?? embedded?.uri ?? '';
  const name = `conformance_${randomUUID().slice(0, 8)}`;
  const client = await new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5000, ...options }).connect();
  const db = client.db(name);
  let made = 0;
  return {
    uri,
    name,
    client,
    db,
    collection: () => db.collection<Doc>(`c${(made += 1)}`),
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await embedded?.close();
    },
  };
}

/** The error a call ends in; fails when it succeeds. */
export async function errorOf(call: Promise<unknown>): Promise<mongoose.mongo.MongoServerError> {
  const outcome: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (outcome instanceof mongoose.mongo.MongoServerError) return outcome;
  throw new Error(`expected a server error, got ${String(outcome)}`);
}
