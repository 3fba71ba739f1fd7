/** Associations of one record: list page by page, set with a type or the default one, remove. */
import { resourceNotFound } from '../http/api-error.ts';
import { datedVersions } from '../http/api-paths.ts';
import { created, noContent, ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { CrmRecord } from '../state/crm.ts';
import type { ObjectType } from '../state/object-types.ts';
import { associate, dissociate, linkedTo } from './association-table.ts';
import { associationTypes } from './association-types.ts';
import {
  associationReadScope,
  associationWriteScope,
  checkTypes,
  cursorOf,
  ends,
  liveRecord,
  offsetOf,
  presentLink,
  typesSchema,
} from './associations.ts';
import { integerParameter } from './targets.ts';

const PAGE = 500;

type Pair = { from: ObjectType; to: ObjectType; left: CrmRecord; right: CrmRecord };

function pairOf(call: PortalCall): Pair {
  const { from, to } = ends(call);
  const left = liveRecord(call, from, call.params['id'] ?? '');
  const right = liveRecord(call, to, call.params['toId'] ?? '');
  if (left === undefined || right === undefined) throw resourceNotFound();
  return { from, to, left, right };
}

/** One record without associations is simply an empty list. */
function list(call: PortalCall): Reply {
  const { from, to } = ends(call);
  const record = liveRecord(call, from, call.params['id'] ?? '');
  if (record === undefined) throw resourceNotFound();
  const limit = integerParameter(call, 'limit', { fallback: PAGE, max: PAGE });
  const start = offsetOf(call.query.get('after'));
  const links = [...linkedTo(call.portal, record, to.id)].filter(([id]) => liveRecord(call, to, id) !== undefined);
  const results = links.slice(start, start + limit).map(([id, types]) => presentLink(call, id, types));
  if (start + limit >= links.length) return ok({ results });
  return ok({ results, paging: { next: { after: cursorOf(start + limit) } } });
}

function presentPair({ from, to, left, right }: Pair) {
  return {
    fromObjectTypeId: from.id,
    fromObjectId: Number(left.id),
    toObjectTypeId: to.id,
    toObjectId: Number(right.id),
    labels: [],
  };
}

function put(call: PortalCall): Reply {
  const pair = pairOf(call);
  const types = parseBody(typesSchema.min(1), call.body);
  checkTypes(pair.from, pair.to, types);
  for (const { associationTypeId } of types) associate(call.portal, pair.left, pair.right, associationTypeId);
  return created(presentPair(pair));
}

function putDefault(call: PortalCall): Reply {
  const pair = pairOf(call);
  checkTypes(pair.from, pair.to, []);
  associate(call.portal, pair.left, pair.right);
  const association = (from: CrmRecord, to: CrmRecord) => ({
    from: { id: from.id },
    to: { id: to.id },
    associationSpec: {
      associationCategory: 'HUBSPOT_DEFINED',
      associationTypeId: associationTypes(from.typeId, to.typeId)[0]?.typeId,
    },
  });
  const moment = new Date(call.now).toISOString();
  const results = [association(pair.left, pair.right), association(pair.right, pair.left)];
  return ok({ status: 'COMPLETE', results, startedAt: moment, completedAt: moment });
}

function remove(call: PortalCall): Reply {
  const { left, right } = pairOf(call);
  dissociate(call.portal, left, right);
  return noContent;
}

const base = '/crm/objects/:from/:id/associations';
const versions = ['v4', ...datedVersions] as const;

export const recordAssociationRoutes: PortalRoute[] = [
  { method: 'put', path: `${base}/default/:to/:toId`, scopes: associationWriteScope, versions, run: putDefault },
  { method: 'get', path: `${base}/:to`, scopes: associationReadScope, versions, run: list },
  { method: 'put', path: `${base}/:to/:toId`, scopes: associationWriteScope, versions, run: put },
  { method: 'delete', path: `${base}/:to/:toId`, scopes: associationWriteScope, versions, run: remove },
];
