/** What every command works with, and how it reads the names in its request. */
import { ServerError } from '../errors.ts';
import type { Store } from '../storage/store.ts';
import type { Doc } from '../values/document.ts';
import type { Cursors } from './cursors.ts';

export type Context = { store: Store; cursors: Cursors; now: () => Date; newId: () => unknown; startedAt: Date };
export type Request = {
  command: Doc;
  database: string;
  connectionId: number;
  /** The bytes that documents of the command were read from, where they are known; good for this request only. */
  bytesOf: ReadonlyMap<Doc, Uint8Array>;
};
export type Handler = (context: Context, request: Request) => Doc;
/** `fields` are the request's own fields, besides its name, that the handler understands. */
export type Command = { run: Handler; fields: readonly string[] };

export const maxDocumentBytes = 16 * 1024 * 1024;

export function namespaceOf({ command, database }: Pick<Request, 'command' | 'database'>): string {
  const collection = Object.values(command)[0];
  const valid =
    typeof collection === 'string' &&
    collection &&
    !collection.includes('$') &&
    !collection.includes('\0') &&
    !collection.startsWith('.');
  if (!valid) throw new ServerError(73, `Invalid namespace specified '${database}.${String(collection)}'`);
  return `${database}.${collection}`;
}
