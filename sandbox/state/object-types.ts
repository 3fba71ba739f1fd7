/** The object types the sandbox keeps: their ids, their names in paths, and the scopes that open them. */
import type { ObjectTypeId } from './crm.ts';

export type ObjectType = {
  id: ObjectTypeId;
  /** As in paths: `contacts`. */
  plural: string;
  /** As in messages and association types: `contact`. */
  singular: string;
  readScopes: readonly string[];
  writeScopes: readonly string[];
  /** Where HubSpot keeps the time of the last change. */
  modifiedProperty: string;
  /** Returned when a call names no properties. */
  defaultProperties: readonly string[];
};

const contacts: ObjectType = {
  id: '0-1',
  plural: 'contacts',
  singular: 'contact',
  readScopes: ['crm.objects.contacts.read'],
  writeScopes: ['crm.objects.contacts.write'],
  modifiedProperty: 'lastmodifieddate',
  defaultProperties: ['createdate', 'email', 'firstname', 'hs_object_id', 'lastmodifieddate', 'lastname'],
};

const companies: ObjectType = {
  id: '0-2',
  plural: 'companies',
  singular: 'company',
  readScopes: ['crm.objects.companies.read'],
  writeScopes: ['crm.objects.companies.write'],
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['createdate', 'domain', 'hs_lastmodifieddate', 'hs_object_id', 'name'],
};

const deals: ObjectType = {
  id: '0-3',
  plural: 'deals',
  singular: 'deal',
  readScopes: ['crm.objects.deals.read'],
  writeScopes: ['crm.objects.deals.write'],
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: [
    'amount',
    'closedate',
    'createdate',
    'dealname',
    'dealstage',
    'hs_lastmodifieddate',
    'hs_object_id',
    'pipeline',
  ],
};

/** Notes open with their own scope, or with the contact scope as engagements do. */
const notes: ObjectType = {
  id: '0-46',
  plural: 'notes',
  singular: 'note',
  readScopes: ['crm.objects.notes.read', 'crm.objects.contacts.read'],
  writeScopes: ['crm.objects.notes.write', 'crm.objects.contacts.write'],
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};

/** Tasks open with the contact scope, as engagements do. */
const tasks: ObjectType = {
  id: '0-27',
  plural: 'tasks',
  singular: 'task',
  readScopes: ['crm.objects.contacts.read'],
  writeScopes: ['crm.objects.contacts.write'],
  modifiedProperty: 'hs_lastmodifieddate',
  defaultProperties: ['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'],
};

export const objectTypes: readonly ObjectType[] = [contacts, companies, deals, tasks, notes];

const byName = new Map(
  objectTypes.flatMap((type) => [type.id, type.plural, type.singular].map((name) => [name, type] as const)),
);

/** `contacts`, `contact`, `CONTACT` and `0-1` are one type. Undefined: HubSpot would not know it either. */
export function findObjectType(name: string): ObjectType | undefined {
  return byName.get(name.toLowerCase());
}

const byId: Record<ObjectTypeId, ObjectType> = {
  '0-1': contacts,
  '0-2': companies,
  '0-3': deals,
  '0-27': tasks,
  '0-46': notes,
};

/** Engagements keep the time of their creation under a name of their own. */
export function createdPropertyOf(id: ObjectTypeId): string {
  return id === '0-27' || id === '0-46' ? 'hs_createdate' : 'createdate';
}

export function objectTypeOf(id: ObjectTypeId): ObjectType {
  return byId[id];
}

export function canonicalType(name: string): string | undefined {
  return findObjectType(name)?.plural;
}
