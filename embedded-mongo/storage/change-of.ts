/** What a new version of a document changed: which top-level fields, and as a patch where that says it all. */
import type { Doc } from '../values/document.ts';

export type Patch = { set: Doc; unset: string[] };

/** `patch` is missing where only the whole document will do: when fields changed their places. */
export function changeOf(before: Doc, after: Doc): { fields: ReadonlySet<string>; patch: Patch | undefined } {
  const fields = new Set<string>();
  const patch: Patch = { set: {}, unset: [] };
  for (const name of Object.keys(before)) {
    if (Object.hasOwn(after, name)) continue;
    fields.add(name);
    patch.unset.push(name);
  }
  for (const [name, value] of Object.entries(after)) {
    if (Object.hasOwn(before, name) && before[name] === value) continue;
    fields.add(name);
    patch.set[name] = value;
  }
  const isWhole = !Object.values(patch.set).includes(undefined) && hasSameOrder(patched(before, patch), after);
  return { fields, patch: isWhole ? patch : undefined };
}

/** A field that is set keeps its place, a new one comes last. */
export function patched(before: Doc, { set, unset }: Patch): Doc {
  const after = { ...before, ...set };
  for (const name of unset) delete after[name];
  return after;
}

function hasSameOrder(one: Doc, other: Doc): boolean {
  const names = Object.keys(other);
  return Object.keys(one).every((name, at) => name === names[at]);
}
