/** One record at a time: read, list, create, update, archive. */
import * as z from 'zod';
import { created, noContent, ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { datedVersions, type ApiVersion } from '../http/api-paths.ts';
import { validationError } from '../http/api-error.ts';
import { parseBody } from '../http/parse.ts';
import type { CrmRecord } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { linkedTo } from './association-table.ts';
import { associationName } from './association-types.ts';
import { presentRecord, presentWritten, type Selection } from './present.ts';
import { archiveRecord } from './records.ts';
import {
  integerParameter,
  listParameter,
  objectTypeNamed,
  readScope,
  recordOf,
  typeOf,
  writeScope,
} from './targets.ts';
import { valuesSchema } from './validate-values.ts';
import { changeOf, createInputSchema, prepareCreate, prepareUpdate } from './write-record.ts';

/** v4 has associations only: records live on v3 and on dated paths. */
export const objectVersions: readonly ApiVersion[] = ['v3', ...datedVersions];

/** HubSpot shortens pages that carry history. */
const PAGE_WITH_HISTORY = 50;

function selectionOf(query: URLSearchParams): Selection {
  return {
    properties: listParameter(query, 'properties'),
    history: listParameter(query, 'propertiesWithHistory') ?? [],
  };
}

function inlineAssociations(call: PortalCall, record: CrmRecord) {
  const names = listParameter(call.query, 'associations') ?? [];
  const entries = names.map((name) => {
    const to = objectTypeNamed(name);
    const results = [...linkedTo(call.portal, record, to.id)].flatMap(([id, links]) =>
      links.map(({ label }) => ({
        id,
        type:
          label === null ? associationName(record.typeId, to.id) : `${associationName(record.typeId, to.id)}_primary`,
      })),
    );
    return [to.plural, { results }] as const;
  });
  const present = entries.filter(([, { results }]) => results.length > 0);
  return present.length === 0 ? {} : { associations: Object.fromEntries(present) };
}

function read(call: PortalCall): Reply {
  const record = recordOf(call, call.query.get('archived') === 'true');
  return ok({ ...presentRecord(call.portal, record, selectionOf(call.query)), ...inlineAssociations(call, record) });
}

function list(call: PortalCall): Reply {
  const table = tableOf(call.portal, typeOf(call).id);
  const selection = selectionOf(call.query);
  const max = selection.history.length > 0 ? PAGE_WITH_HISTORY : 100;
  const limit = integerParameter(call, 'limit', { fallback: 10, max });
  const after = Number(call.query.get('after') ?? 0);
  if (!Number.isInteger(after)) throw validationError('after is not a valid paging cursor');
  const archived = call.query.get('archived') === 'true';
  const ids = [...table.records.values()]
    .filter((record) => record.archived === archived && Number(record.id) > after)
    .map(({ id }) => Number(id))
    .toSorted((a, b) => a - b);
  const page = ids.slice(0, limit).flatMap((id) => findRecord(table, String(id)) ?? []);
  const results = page.map((record) => ({
    ...presentRecord(call.portal, record, selection),
    ...inlineAssociations(call, record),
  }));
  if (ids.length <= limit) return ok({ results });
  const next = String(ids[limit - 1]);
  const link = `https://api.hubapi.com/crm/objects/${call.version}/${call.params['objectType']}?after=${next}`;
  return ok({ results, paging: { next: { after: next, link } } });
}

function create(call: PortalCall): Reply {
  const input = parseBody(createInputSchema, call.body);
  const record = prepareCreate(call, typeOf(call), input)();
  const location = `/crm/objects/${call.version}/${call.params['objectType']}/${record.id}`;
  return created(presentWritten(call.portal, record, input.properties), location);
}

function update(call: PortalCall): Reply {
  const record = recordOf(call);
  const { properties } = parseBody(z.object({ properties: valuesSchema }), call.body);
  prepareUpdate(call, record, properties)();
  return ok(presentWritten(call.portal, record, properties));
}

function archive(call: PortalCall): Reply {
  archiveRecord(call.portal, recordOf(call), changeOf(call));
  return noContent;
}

const collection = '/crm/objects/:objectType';
const versions = objectVersions;

export const objectRoutes: PortalRoute[] = [
  { method: 'get', path: collection, scopes: readScope, versions, run: list },
  { method: 'post', path: collection, scopes: writeScope, versions, run: create },
  { method: 'get', path: `${collection}/:id`, scopes: readScope, versions, run: read },
  { method: 'patch', path: `${collection}/:id`, scopes: writeScope, versions, run: update },
  { method: 'delete', path: `${collection}/:id`, scopes: writeScope, versions, run: archive },
];
