/** Search: filters, sorts, paging and its limits. Answers from an index that lags behind the records. */
import * as z from 'zod';
import { validationError } from '../http/api-error.ts';
import { ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { ObjectTable } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import { objectTypeOf } from '../state/object-types.ts';
import { objectVersions } from './objects.ts';
import { presentRecord } from './present.ts';
import { comparable, filterDefect, filterSchema, passes } from './search-filter.ts';
import { indexedRecords, type IndexedRecord } from './search-index.ts';
import { readScope, typeOf } from './targets.ts';

const PAGE_MAX = 200;
const RESULTS_MAX = 10_000;
const GROUPS_MAX = 5;
const FILTERS_PER_GROUP_MAX = 6;
const FILTERS_MAX = 18;
const BODY_MAX = 3000;

const searchSchema = z.object({
  filterGroups: z.array(z.object({ filters: z.array(filterSchema) })).default([]),
  sorts: z
    .array(
      z.union([
        z.string().transform((propertyName) => ({ propertyName, direction: 'ASCENDING' as const })),
        z.object({ propertyName: z.string(), direction: z.enum(['ASCENDING', 'DESCENDING']).default('ASCENDING') }),
      ]),
    )
    .max(1)
    .default([]),
  properties: z.array(z.string()).default([]),
  limit: z.int().min(0).default(10),
  after: z.union([z.string(), z.number()]).nullish(),
  query: z.string().optional(),
});

type Search = z.infer<typeof searchSchema>;

function checkLimits(call: PortalCall, search: Search, offset: number): void {
  const filters = search.filterGroups.map((group) => group.filters.length);
  const total = filters.reduce((sum, count) => sum + count, 0);
  if (Number(call.headers['content-length'] ?? 0) > BODY_MAX)
    throw validationError(`The request body cannot be longer than ${BODY_MAX} characters`);
  if (search.limit > PAGE_MAX) throw validationError(`limit must be at most ${PAGE_MAX}, but was ${search.limit}`);
  if (!Number.isInteger(offset) || offset < 0) throw validationError('after is not a valid paging cursor');
  if (filters.length > GROUPS_MAX || filters.some((count) => count > FILTERS_PER_GROUP_MAX) || total > FILTERS_MAX)
    throw validationError(
      `There can be at most ${GROUPS_MAX} filter groups with ${FILTERS_PER_GROUP_MAX} filters each and ${FILTERS_MAX} filters in all`,
    );
  if (offset + search.limit > RESULTS_MAX)
    throw validationError(`Paging beyond ${RESULTS_MAX} results is not possible. Narrow the search.`);
}

function definitionOf(table: ObjectTable, name: string) {
  const definition = table.properties.get(name);
  if (definition === undefined || definition.archived) throw validationError(`Property "${name}" does not exist`);
  return definition;
}

/** Groups are alternatives; the filters of one group must all pass. */
function matcher(table: ObjectTable, search: Search): (row: IndexedRecord) => boolean {
  const groups = search.filterGroups.map(({ filters }) =>
    filters.map((filter) => {
      const defect = filterDefect(filter);
      if (defect !== null) throw validationError(`Filter on ${filter.propertyName}: ${defect}`);
      return { filter, definition: definitionOf(table, filter.propertyName) };
    }),
  );
  const query = search.query?.trim().toLowerCase() ?? '';
  const searchable = objectTypeOf(table.typeId).defaultProperties;
  return ({ values }) => {
    if (query !== '' && !searchable.some((name) => values[name]?.toLowerCase().includes(query) === true)) return false;
    if (groups.length === 0) return true;
    return groups.some((group) =>
      group.every(({ filter, definition }) => passes(values[filter.propertyName], filter, definition)),
    );
  };
}

function sorter(table: ObjectTable, search: Search): (a: IndexedRecord, b: IndexedRecord) => number {
  const sort = search.sorts[0];
  const byId = (a: IndexedRecord, b: IndexedRecord) => Number(a.record.id) - Number(b.record.id);
  if (sort === undefined) return byId;
  const definition = definitionOf(table, sort.propertyName);
  const sign = sort.direction === 'ASCENDING' ? 1 : -1;
  return (a, b) => {
    const left = comparable(a.values[sort.propertyName] ?? '', definition);
    const right = comparable(b.values[sort.propertyName] ?? '', definition);
    return (left < right ? -sign : left > right ? sign : 0) || byId(a, b);
  };
}

function search(call: PortalCall): Reply {
  const input = parseBody(searchSchema, call.body);
  const offset = Number(input.after ?? 0);
  checkLimits(call, input, offset);
  const table = tableOf(call.portal, typeOf(call).id);
  const indexedUntil = call.now - call.context.state.switches.searchLagMs;
  const matches = indexedRecords(table, indexedUntil).filter(matcher(table, input)).toSorted(sorter(table, input));
  const selection = { properties: input.properties.length === 0 ? null : input.properties, history: [] };
  const results = matches
    .slice(offset, offset + input.limit)
    .map(({ record, values }) => presentRecord(call.portal, record, selection, values));
  const next = offset + input.limit;
  const body = { total: matches.length, results };
  return ok(next < matches.length && input.limit > 0 ? { ...body, paging: { next: { after: String(next) } } } : body);
}

export const searchRoute: PortalRoute = {
  method: 'post',
  path: '/crm/objects/:objectType/search',
  scopes: readScope,
  versions: objectVersions,
  bucket: 'search',
  run: search,
};
