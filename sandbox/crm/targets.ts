/** Which object type, record and scope a call means. Answers what HubSpot answers when there is none. */
import { apiError, resourceNotFound, validationError } from '../http/api-error.ts';
import type { PortalCall, ScopeRule } from '../http/call.ts';
import type { CrmRecord, ObjectTable } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { findObjectType, type ObjectType } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';

export function objectTypeNamed(name: string): ObjectType {
  const type = findObjectType(name);
  if (type === undefined) throw apiError(400, { message: `Unable to infer object type from: ${name}` });
  return type;
}

export function typeOf(call: { params: Record<string, string> }): ObjectType {
  return objectTypeNamed(call.params['objectType'] ?? '');
}

export const readScope = (params: Record<string, string>): ScopeRule => ({
  anyOf: typeOf({ params }).readScopes,
  shape: 'objects',
});

export const writeScope = (params: Record<string, string>): ScopeRule => ({
  anyOf: typeOf({ params }).writeScopes,
  shape: 'objects',
});

/** The index behind `idProperty`. Only unique properties can stand in for the id. */
function uniqueIndex(table: ObjectTable, idProperty: string): Map<string, string> {
  const index = table.unique.get(idProperty);
  if (index !== undefined) return index;
  throw validationError(`Property "${idProperty}" is not a unique property and cannot be used as idProperty`);
}

/** The record behind an id or a unique value; undefined when there is none. Merged ids lead to the survivor. */
export function lookUp(
  portal: Portal,
  type: ObjectType,
  key: { id: string; idProperty: string | null },
): CrmRecord | undefined {
  const table = tableOf(portal, type.id);
  if (key.idProperty === null || key.idProperty === 'hs_object_id') return findRecord(table, key.id);
  return findRecord(table, uniqueIndex(table, key.idProperty).get(key.id.trim().toLowerCase()) ?? '');
}

/** The record of a single-record call, or the true 404. */
export function recordOf(call: PortalCall, archived = false): CrmRecord {
  const type = typeOf(call);
  const id = call.params['id'] ?? '';
  const idProperty = call.query.get('idProperty');
  const record = lookUp(call.portal, type, { id, idProperty });
  if (record !== undefined && record.archived === archived) return record;
  if (idProperty === null && !/^\d+$/.test(id)) {
    throw apiError(404, {
      message: 'Object not found.  objectId are usually numeric.',
      category: 'OBJECT_NOT_FOUND',
      context: { id: [id] },
    });
  }
  throw resourceNotFound();
}

/** `properties=a,b` or repeated. Null: not asked for. */
export function listParameter(query: URLSearchParams, name: string): string[] | null {
  const values = query.getAll(name).flatMap((value) => value.split(','));
  const names = values.map((value) => value.trim()).filter(Boolean);
  return names.length === 0 ? null : names;
}

export function integerParameter(call: PortalCall, name: string, limits: { fallback: number; max: number }): number {
  const text = call.query.get(name);
  if (text === null) return limits.fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= limits.max) return value;
  throw validationError(`${name} must be between 1 and ${limits.max}, but was ${text}`);
}
