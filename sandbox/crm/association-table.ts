/** Changes to associations. Every link is stored from both sides, and a primary link brings the plain one along. */
import type { AssociationLink, ObjectTypeId } from '../state/crm.ts';
import type { Portal } from '../state/portal.ts';
import { associationTypes, inverseType, type AssociationType } from './association-types.ts';

export type End = { typeId: ObjectTypeId; id: string };

function linksBetween(portal: Portal, from: End, to: End): AssociationLink[] {
  const key = `${from.typeId}/${from.id}`;
  const byType = portal.associations.get(key) ?? new Map<ObjectTypeId, Map<string, AssociationLink[]>>();
  portal.associations.set(key, byType);
  const byId = byType.get(to.typeId) ?? new Map<string, AssociationLink[]>();
  byType.set(to.typeId, byId);
  const links = byId.get(to.id) ?? [];
  byId.set(to.id, links);
  return links;
}

function addLink(links: AssociationLink[], type: AssociationType | undefined): void {
  if (type === undefined || links.some(({ typeId }) => typeId === type.typeId)) return;
  links.push({ typeId: type.typeId, category: 'HUBSPOT_DEFINED', label: type.label });
}

/** Links two records with a type that exists between them; null means the default type. */
export function associate(portal: Portal, from: End, to: End, typeId: number | null = null): void {
  const available = associationTypes(from.typeId, to.typeId);
  const chosen = available.filter((type, position) => position === 0 || type.typeId === typeId);
  for (const type of chosen) {
    addLink(linksBetween(portal, from, to), type);
    addLink(linksBetween(portal, to, from), inverseType(from.typeId, to.typeId, type.typeId));
  }
}

export function dissociate(portal: Portal, from: End, to: End): void {
  portal.associations.get(`${from.typeId}/${from.id}`)?.get(to.typeId)?.delete(to.id);
  portal.associations.get(`${to.typeId}/${to.id}`)?.get(from.typeId)?.delete(from.id);
}

export function linkedTo(portal: Portal, from: End, to: ObjectTypeId): Map<string, AssociationLink[]> {
  return portal.associations.get(`${from.typeId}/${from.id}`)?.get(to) ?? new Map<string, AssociationLink[]>();
}

/** Moves every link of one record to another: used by merges. */
export function moveLinks(portal: Portal, from: End, to: End): void {
  for (const [typeId, byId] of portal.associations.get(`${from.typeId}/${from.id}`) ?? []) {
    for (const [id, links] of byId) {
      const other = { typeId, id };
      dissociate(portal, from, other);
      for (const link of links) associate(portal, to, other, link.typeId);
    }
  }
  portal.associations.delete(`${from.typeId}/${from.id}`);
}

export function dropLinks(portal: Portal, from: End): void {
  for (const [typeId, byId] of portal.associations.get(`${from.typeId}/${from.id}`) ?? []) {
    for (const id of byId.keys()) dissociate(portal, from, { typeId, id });
  }
  portal.associations.delete(`${from.typeId}/${from.id}`);
}
