/** Search filters: which operators there are and whether a value passes one. Pure. */
import * as z from 'zod';
import type { PropertyDefinition } from '../state/crm.ts';
import { parseMoment } from './normalize-value.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const operators = [
  'EQ',
  'NEQ',
  'LT',
  'LTE',
  'GT',
  'GTE',
  'BETWEEN',
  'IN',
  'NOT_IN',
  'HAS_PROPERTY',
  'NOT_HAS_PROPERTY',
  'CONTAINS_TOKEN',
  'NOT_CONTAINS_TOKEN',
] as const;

export const filterSchema = z.object({
  propertyName: z.string(),
  operator: z.enum(operators),
  value: text.optional(),
  highValue: text.optional(),
  values: z.array(text).optional(),
});

export type Filter = z.infer<typeof filterSchema>;

const valueless: readonly Filter['operator'][] = ['HAS_PROPERTY', 'NOT_HAS_PROPERTY'];

/** What a filter lacks, in words; null when it is complete. */
export function filterDefect({ operator, value, highValue, values }: Filter): string | null {
  if (valueless.includes(operator)) return null;
  if (operator === 'IN' || operator === 'NOT_IN') return values === undefined ? `${operator} needs values` : null;
  if (value === undefined) return `${operator} needs a value`;
  return operator === 'BETWEEN' && highValue === undefined ? 'BETWEEN needs a highValue' : null;
}

/** Numbers and moments compare as such, everything else as lower-case text. */
export function comparable(value: string, { type }: PropertyDefinition): number | string {
  if (type === 'number') return Number(value);
  return type === 'date' || type === 'datetime' ? parseMoment(value) : value.toLowerCase();
}

const tokens = (value: string): string[] =>
  value
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

/** `*` at either end stands for the rest of a token. */
function containsToken(stored: string, wanted: string): boolean {
  const found = tokens(stored);
  const pattern = wanted.toLowerCase();
  const open = { left: pattern.startsWith('*'), right: pattern.endsWith('*') };
  return tokens(pattern).every((token) =>
    found.some((candidate) => {
      if (open.left && open.right) return candidate.includes(token);
      if (open.left) return candidate.endsWith(token);
      return open.right ? candidate.startsWith(token) : candidate === token;
    }),
  );
}

/** Values of IN are compared as given: HubSpot wants them in lower case. */
function isIn(stored: string, filter: Filter, definition: PropertyDefinition): boolean {
  const value = comparable(stored, definition);
  if (typeof value === 'string') return (filter.values ?? []).includes(definition.type === 'string' ? value : stored);
  return (filter.values ?? []).some((wanted) => comparable(wanted, definition) === value);
}

export function passes(stored: string | undefined, filter: Filter, definition: PropertyDefinition): boolean {
  const { operator } = filter;
  if (operator === 'HAS_PROPERTY') return stored !== undefined;
  if (operator === 'NOT_HAS_PROPERTY') return stored === undefined;
  if (stored === undefined) return false;
  const value = comparable(stored, definition);
  const wanted = comparable(filter.value ?? '', definition);
  switch (operator) {
    case 'EQ':
      return value === wanted;
    case 'NEQ':
      return value !== wanted;
    case 'LT':
      return value < wanted;
    case 'LTE':
      return value <= wanted;
    case 'GT':
      return value > wanted;
    case 'GTE':
      return value >= wanted;
    case 'BETWEEN':
      return value >= wanted && value <= comparable(filter.highValue ?? '', definition);
    case 'IN':
      return isIn(stored, filter, definition);
    case 'NOT_IN':
      return !isIn(stored, filter, definition);
    case 'CONTAINS_TOKEN':
      return containsToken(stored, filter.value ?? '');
    default:
      return !containsToken(stored, filter.value ?? '');
  }
}
