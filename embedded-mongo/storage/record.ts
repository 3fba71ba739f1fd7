/** A document in its place: replaced as a whole, so whoever holds the old document keeps a consistent one. */
import type { Doc } from '../values/document.ts';

export type StoredRecord = { readonly id: string; readonly serial: number; doc: Doc };
