/** What the CRM hooks of an extension ask, answered from the portal: properties, associations, search. The shapes are the SDK's. */
import * as z from 'zod';
import { filterSchema, comparable, passes } from '../crm/search-filter.ts';
import { showValue } from '../pages/record-values.ts';
import type { CrmRecord, ObjectTable } from '../state/crm.ts';
import { associatedIds, findRecord, tableOf } from '../state/lookups.ts';
import { findObjectType } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';

const names = z.array(z.string().max(200)).max(200);
const format = z.union([names, z.literal('all')]).default([]);

export const questionSchema = z.discriminatedUnion('ask', [
  z.object({ ask: z.literal('properties'), names: z.union([names, z.literal('*')]), format }),
  z.object({
    ask: z.literal('associations'),
    format,
    request: z.object({
      toObjectType: z.string(),
      properties: names.default([]),
      pageLength: z.int().min(1).max(100).default(10),
      offset: z.int().min(0).default(0),
    }),
  }),
  z.object({
    ask: z.literal('search'),
    format,
    request: z.object({
      objectType: z.string(),
      properties: names.default([]),
      query: z.string().max(500).optional(),
      filterGroups: z.array(z.object({ filters: z.array(filterSchema) })).default([]),
      sorts: z.array(z.object({ propertyName: z.string(), direction: z.string() })).default([]),
      pageLength: z.int().min(1).max(100).default(10),
      after: z.string().optional(),
    }),
  }),
]);

type Question = z.infer<typeof questionSchema>;
type SearchRequest = Extract<Question, { ask: 'search' }>['request'];
type Subject = { portal: Portal; record: CrmRecord };

export function answerQuestion({ portal, record }: Subject, question: Question): { data: unknown } | { error: string } {
  const read = (from: CrmRecord, wanted: readonly string[]) =>
    Object.fromEntries(
      wanted.map((name) => {
        const formatted = question.format === 'all' || question.format.includes(name);
        return [name, (formatted ? showValue(portal, from, name) : from.values[name]) || null];
      }),
    );
  if (question.ask === 'properties') {
    const wanted = question.names === '*' ? Object.keys(record.values) : question.names;
    return { data: read(record, wanted) };
  }
  const wantedType = question.ask === 'search' ? question.request.objectType : question.request.toObjectType;
  const type = findObjectType(wantedType);
  if (type === undefined) return { error: `The sandbox has no object type ${wantedType}.` };
  const table = tableOf(portal, type.id);
  if (question.ask === 'associations') {
    const { offset, pageLength, properties } = question.request;
    const all = associatedIds(portal, record, type.id).flatMap((id) => findRecord(table, id) ?? []);
    const results = all.slice(offset, offset + pageLength).map((other) => ({
      toObjectId: Number(other.id),
      associationTypes: portal.associations.get(`${record.typeId}/${record.id}`)?.get(type.id)?.get(other.id) ?? [],
      properties: read(other, properties),
    }));
    return { data: { results, hasMore: offset + pageLength < all.length, nextOffset: offset + results.length } };
  }
  const { after = '0', pageLength, properties } = question.request;
  const found = search(table, question.request);
  const next = Number(after) + pageLength;
  const results = found
    .slice(Number(after), next)
    .map((one) => ({ objectId: Number(one.id), properties: read(one, properties) }));
  const hasMore = next < found.length;
  return { data: { results, total: found.length, hasMore, ...(hasMore ? { after: String(next) } : {}) } };
}

function search(table: ObjectTable, { query = '', filterGroups, sorts }: SearchRequest): CrmRecord[] {
  const words = query.trim().toLowerCase();
  const matches = ({ values, archived }: CrmRecord): boolean => {
    if (archived) return false;
    if (words !== '' && !Object.values(values).some((value) => value.toLowerCase().includes(words))) return false;
    if (filterGroups.length === 0) return true;
    return filterGroups.some(({ filters }) =>
      filters.every((filter) => {
        const definition = table.properties.get(filter.propertyName);
        return definition !== undefined && passes(values[filter.propertyName], filter, definition);
      }),
    );
  };
  const found = [...table.records.values()].filter(matches);
  const [sort] = sorts;
  const definition = sort && table.properties.get(sort.propertyName);
  if (!sort || !definition) return found;
  const turn = sort.direction === 'DESCENDING' ? -1 : 1;
  return found.sort((one, other) => {
    const [a, b] = [one, other].map(({ values }) => comparable(values[sort.propertyName] ?? '', definition));
    return a === b || a === undefined || b === undefined ? 0 : a < b ? -turn : turn;
  });
}
