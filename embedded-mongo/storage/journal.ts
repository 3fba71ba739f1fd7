/** The changes a store goes through, as data, and what keeps them. */
import type { Doc } from '../values/document.ts';

export type Change =
  | { kind: 'collection'; namespace: string }
  | { kind: 'put'; namespace: string; doc: Doc }
  | { kind: 'patch'; namespace: string; id: unknown; set: Doc; unset: string[] }
  | { kind: 'remove'; namespace: string; id: unknown }
  | { kind: 'index'; namespace: string; spec: Doc }
  | { kind: 'dropIndex'; namespace: string; name: string }
  | { kind: 'drop'; namespace: string };

/** `bytes`: the document of a `put` as BSON, where it is at hand. They may be used during the call only. */
export type Note = (change: Change, bytes?: Uint8Array) => void;

export type Journal = {
  append: Note;
  /** Undefined when everything so far is already kept; rejects when it could not be. `durable` asks for the disk itself. */
  settled: (durable: boolean) => Promise<void> | undefined;
  /** Set once a write failed: from then on nothing may be acknowledged. */
  failure: () => Error | undefined;
  close: () => Promise<void>;
};

/** For a store that lives in memory only. */
export const noJournal: Journal = {
  append: () => {},
  settled: () => undefined,
  failure: () => undefined,
  close: () => Promise.resolve(),
};
