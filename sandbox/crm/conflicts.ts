/** Values that must be unique and are taken. HubSpot words the clash differently for creation, update and fresh owners. */
import { apiError, validationError, type ApiError } from '../http/api-error.ts';
import type { CrmRecord, ObjectTable, ObjectTypeId } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { objectTypeOf } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import type { Values } from './validate-values.ts';

type Clash = { name: string; value: string; owner: CrmRecord };

/** Unique values that rows of one call are about to take: `{property}/{value}` -> who takes it. */
export type Claims = Map<string, string>;

type Claimed = { name: string; value: string; owner: { id: string } };

/** Two rows of one call cannot take the same value: answers with the row that was first. */
export function claimValues(table: ObjectTable, claim: { values: Values; by: string; claims: Claims }): Claimed | null {
  for (const name of table.unique.keys()) {
    const value = claim.values[name];
    if (value === undefined || value === '') continue;
    const key = `${name}/${value.toLowerCase()}`;
    const first = claim.claims.get(key);
    if (first !== undefined) return { name, value, owner: { id: first } };
    claim.claims.set(key, claim.by);
  }
  return null;
}

export function findClash(portal: Portal, typeId: ObjectTypeId, values: Values, selfId: string | null): Clash | null {
  const table = tableOf(portal, typeId);
  for (const [name, index] of table.unique) {
    const value = values[name];
    if (value === undefined || value === '') continue;
    const owner = findRecord(table, index.get(value.toLowerCase()) ?? '');
    if (owner !== undefined && owner.id !== selfId) return { name, value, owner };
  }
  return null;
}

/** The 400 of an update, and of a creation while the owner is not indexed yet. The SECOND id is the owner. */
export function valueTaken(portal: Portal, typeId: ObjectTypeId, clash: Claimed, selfId: string): ApiError {
  const legacyType = objectTypeOf(typeId).singular.toUpperCase();
  return validationError(
    `Cannot set PropertyValueCoordinates{portalId=${portal.portalId}, objectTypeId=ObjectTypeId{legacyObjectType=${legacyType}}, propertyName=${clash.name}, value=${clash.value}} on ${selfId}. ${clash.owner.id} already has that value.`,
  );
}

export function alreadyExists(typeId: ObjectTypeId, ownerId: string | null): ApiError {
  const singular = objectTypeOf(typeId).singular;
  const subject = singular.charAt(0).toUpperCase() + singular.slice(1);
  const suffix = ownerId === null ? '' : `. Existing ID: ${ownerId}`;
  return apiError(409, { message: `${subject} already exists${suffix}`, category: 'CONFLICT' });
}

/** Secondary addresses, and owners created within the indexing lag, answer 400 instead of 409. */
export function isHiddenOwner(clash: Clash, indexedUntil: number): boolean {
  return (
    clash.owner.values[clash.name]?.toLowerCase() !== clash.value.toLowerCase() || clash.owner.createdAt > indexedUntil
  );
}
