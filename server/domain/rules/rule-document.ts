// The text of a rule as a tree that knows where each field stands. It knows YAML and JSON, not what the fields mean.
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';
import type { RuleProblem } from './rule.ts';

export type Path = readonly (string | number)[];

export interface RuleDocument {
  plain: unknown;
  /** Where a field, or else the block it is missing from, begins. */
  at(path: Path, part: 'key' | 'value'): { line: number; column: number };
}

export type ReadDocument = { document: RuleDocument } | { problems: RuleProblem[] };

const longestText = 16_000;
const deepest = 8;

/** HubSpot's ids of pipelines and stages are often digits only: unquoted they are still text, `007` keeps its zeros. */
const textFields = new Set(['name', 'link_tag', 'link', 'contact_window', 'pipeline', 'from_stage', 'to_stage']);

/** A mistake with its place in the text, thrown on the way down and caught below. */
class DocumentMistake extends Error {
  readonly offset: number;
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

export function readDocument(text: string, format: 'yaml' | 'json'): ReadDocument {
  const place = (offset: number) => placeIn(text, offset);
  const refuse = (message: string, offset = 0) => ({ problems: [{ ...place(offset), path: '', message }] });
  if (text.length > longestText) return refuse(`The rule is longer than ${longestText} characters.`);
  try {
    // JSON is YAML, but for tabs; in JSON they never stand within a text.
    const source = format === 'json' ? validJson(text).replaceAll('\t', ' ') : text;
    const document = parseDocument(source, { prettyErrors: false, version: '1.2' });
    const faults = [...document.errors, ...document.warnings];
    if (faults.length > 0)
      return {
        problems: faults.map(({ message, pos }) => ({ ...place(pos[0]), path: '', message: sentence(message) })),
      };
    const root = document.contents;
    if (!isMap(root)) return refuse('A rule is a block of fields with trigger and action.', root?.range?.[0]);
    const plain = toPlain(root, { field: '', depth: 0 });
    return { document: { plain, at: (path, part) => place(offsetOf(root, path, part)) } };
  } catch (error) {
    if (error instanceof DocumentMistake) return refuse(error.message, error.offset);
    if (error instanceof RangeError) return refuse('The rule is nested too deep.');
    throw error;
  }
}

/** Line and column, both from 1. */
function placeIn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}

function validJson(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new DocumentMistake('This is not valid JSON from here on.', jsonOffset(error, text));
  }
}

/** Node names the position in most of its messages; where it does not, the text is wrong early on. */
function jsonOffset(error: unknown, text: string): number {
  const message = error instanceof Error ? error.message : '';
  if (message.includes('end of JSON')) return text.length;
  return Number(/position (\d+)/.exec(message)?.[1] ?? 0);
}

function toPlain(node: unknown, { field, depth }: { field: string; depth: number }): unknown {
  if (depth > deepest) throw new DocumentMistake('The rule is nested too deep.', startOf(node));
  if (isAlias(node))
    throw new DocumentMistake('Aliases (*name) are not used in rules. Write the value out.', startOf(node));
  if (isMap(node))
    return Object.fromEntries(
      node.items.map(({ key, value }) => {
        const name = keyOf(key);
        return [name, toPlain(value, { field: name, depth: depth + 1 })];
      }),
    );
  if (isSeq(node)) return node.items.map((item) => toPlain(item, { field, depth: depth + 1 }));
  if (!isScalar(node)) return undefined;
  // A field with nothing behind it is a missing one.
  if (node.value === null) return undefined;
  if (typeof node.value !== 'string' && textFields.has(field)) return node.source ?? '';
  return node.value;
}

function keyOf(key: unknown): string {
  if (isScalar(key) && typeof key.value === 'string') return key.value;
  throw new DocumentMistake('The name of a field must be text.', startOf(key));
}

function startOf(node: unknown): number {
  return (node as Node | null)?.range?.[0] ?? 0;
}

function offsetOf(root: unknown, path: Path, part: 'key' | 'value'): number {
  let offset = startOf(root);
  let node = root;
  for (const [index, step] of path.entries()) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : undefined;
    if (!pair) return offset;
    const last = index === path.length - 1;
    const hasValue = (pair.value as Node | null)?.range && !(isScalar(pair.value) && pair.value.value === null);
    offset = last && part === 'value' && hasValue ? startOf(pair.value) : startOf(pair.key);
    node = pair.value;
  }
  return offset;
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
