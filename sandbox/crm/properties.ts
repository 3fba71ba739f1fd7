/** Property definitions: read, create (an archived name is restored), change, archive. */
import * as z from 'zod';
import { apiError, validationError } from '../http/api-error.ts';
import { created, noContent, ok, type PortalCall, type PortalRoute, type Reply, type ScopeRule } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import type { ObjectTable, PropertyDefinition } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import { objectTypes } from '../state/object-types.ts';
import { typeOf } from './targets.ts';

/** Very wide for reading: any object or schema scope, and `timeline`. */
export const schemaReadScope = (): ScopeRule => ({
  anyOf: [
    ...objectTypes.flatMap(({ readScopes }) => readScopes),
    ...objectTypes.flatMap(({ writeScopes }) => writeScopes),
    ...objectTypes.flatMap(({ plural }) => [`crm.schemas.${plural}.read`, `crm.schemas.${plural}.write`]),
    'timeline',
  ],
  shape: 'schemas',
});

export const schemaWriteScope = (params: Record<string, string>): ScopeRule => ({
  anyOf: [`crm.schemas.${typeOf({ params }).plural}.write`],
  shape: 'schemas',
});

const fieldTypes = {
  string: ['text', 'textarea', 'html', 'phonenumber', 'file'],
  number: ['number'],
  date: ['date'],
  datetime: ['date'],
  enumeration: ['select', 'radio', 'checkbox', 'booleancheckbox'],
  bool: ['booleancheckbox'],
} as const;

const optionSchema = z.object({
  label: z.string(),
  value: z.string(),
  displayOrder: z.int().default(-1),
  hidden: z.boolean().default(false),
});

const definitionSchema = z.object({
  name: z.string().regex(/^[a-z][a-z0-9_]{0,99}$/, 'must be lower case letters, digits and underscores'),
  label: z.string().min(1),
  type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration', 'bool']),
  fieldType: z.string(),
  groupName: z.string(),
  description: z.string().default(''),
  displayOrder: z.int().default(-1),
  hasUniqueValue: z.boolean().default(false),
  hidden: z.boolean().default(false),
  formField: z.boolean().default(false),
  options: z.array(optionSchema).default([]),
});

export type NewDefinition = z.infer<typeof definitionSchema>;

const CUSTOM_MAX = 1000;
const UNIQUE_MAX = 10;

export function presentProperty(definition: PropertyDefinition) {
  const { readOnlyValue, createdAt, updatedAt, ...shown } = definition;
  return {
    ...shown,
    dataSensitivity: 'non_sensitive',
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    modificationMetadata: {
      archivable: !definition.hubspotDefined,
      readOnlyDefinition: definition.hubspotDefined,
      readOnlyValue,
    },
  };
}

export function unknownProperty(name: string) {
  return apiError(404, { message: `Property "${name}" does not exist`, category: 'OBJECT_NOT_FOUND' });
}

export function customProperties(table: ObjectTable): PropertyDefinition[] {
  return [...table.properties.values()].filter(({ hubspotDefined, archived }) => !hubspotDefined && !archived);
}

function checkDefinition(table: ObjectTable, input: NewDefinition): void {
  const allowed: readonly string[] = fieldTypes[input.type];
  if (!allowed.includes(input.fieldType))
    throw validationError(`fieldType ${input.fieldType} is not valid for type ${input.type}`);
  const group = table.groups.get(input.groupName);
  if (group === undefined || group.archived)
    throw validationError(`Property group "${input.groupName}" does not exist`);
  const custom = customProperties(table);
  if (custom.length >= CUSTOM_MAX) throw validationError(`There can be at most ${CUSTOM_MAX} custom properties`);
  const unique = custom.filter(({ hasUniqueValue }) => hasUniqueValue).length;
  if (input.hasUniqueValue && unique >= UNIQUE_MAX)
    throw validationError(`There can be at most ${UNIQUE_MAX} properties with unique values`);
}

/** Creates the property or, when its name is archived, restores the old one as it was. */
export function createProperty(table: ObjectTable, input: NewDefinition, now: number): PropertyDefinition {
  const existing = table.properties.get(input.name);
  if (existing !== undefined && !existing.archived) {
    throw apiError(409, {
      message: `A property named '${input.name}' already exists.`,
      category: 'OBJECT_ALREADY_EXISTS',
      subCategory: 'Properties.PROPERTY_WITH_NAME_EXISTS',
    });
  }
  checkDefinition(table, input);
  if (existing !== undefined) {
    existing.archived = false;
    existing.updatedAt = now;
    return existing;
  }
  const definition: PropertyDefinition = {
    ...input,
    calculated: false,
    externalOptions: false,
    hubspotDefined: false,
    readOnlyValue: false,
    archived: false,
    createdAt: now,
    updatedAt: now,
  };
  table.properties.set(input.name, definition);
  if (input.hasUniqueValue) table.unique.set(input.name, new Map());
  return definition;
}

export const parseDefinition = (body: unknown): NewDefinition => parseBody(definitionSchema, body);

const tableOfCall = (call: PortalCall): ObjectTable => tableOf(call.portal, typeOf(call).id);

function propertyOf(call: PortalCall): PropertyDefinition {
  const name = call.params['name'] ?? '';
  const definition = tableOfCall(call).properties.get(name);
  const archived = call.query.get('archived') === 'true';
  if (definition === undefined || definition.archived !== archived) throw unknownProperty(name);
  return definition;
}

function list(call: PortalCall): Reply {
  const archived = call.query.get('archived') === 'true';
  const definitions = [...tableOfCall(call).properties.values()].filter((row) => row.archived === archived);
  return ok({ results: definitions.map(presentProperty) });
}

function create(call: PortalCall): Reply {
  const definition = createProperty(tableOfCall(call), parseDefinition(call.body), call.now);
  const location = `/crm/properties/${call.version}/${call.params['objectType']}/${definition.name}`;
  return created(presentProperty(definition), location);
}

const changeSchema = definitionSchema
  .omit({ name: true, hasUniqueValue: true })
  .extend({
    description: z.string(),
    displayOrder: z.int(),
    hidden: z.boolean(),
    formField: z.boolean(),
    options: z.array(optionSchema),
  })
  .partial();

/** `options` replaces the whole list; left out, the list stays. */
function change(call: PortalCall): Reply {
  const definition = propertyOf(call);
  if (definition.hubspotDefined) throw validationError(`Property "${definition.name}" cannot be changed`);
  const input = parseBody(changeSchema, call.body);
  const merged = { ...definition, ...input } as PropertyDefinition;
  const allowed: readonly string[] = fieldTypes[merged.type];
  if (!allowed.includes(merged.fieldType))
    throw validationError(`fieldType ${merged.fieldType} is not valid for type ${merged.type}`);
  if (tableOfCall(call).groups.get(merged.groupName)?.archived !== false)
    throw validationError(`Property group "${merged.groupName}" does not exist`);
  Object.assign(definition, merged, { updatedAt: call.now });
  return ok(presentProperty(definition));
}

function archive(call: PortalCall): Reply {
  const definition = propertyOf(call);
  if (definition.hubspotDefined) throw validationError(`Property "${definition.name}" cannot be archived`);
  definition.archived = true;
  definition.updatedAt = call.now;
  return noContent;
}

const base = '/crm/properties/:objectType';

export const propertyRoutes: PortalRoute[] = [
  { method: 'get', path: base, scopes: schemaReadScope, run: list },
  { method: 'post', path: base, scopes: schemaWriteScope, run: create },
  {
    method: 'get',
    path: `${base}/:name`,
    scopes: schemaReadScope,
    run: (call) => ok(presentProperty(propertyOf(call))),
  },
  { method: 'patch', path: `${base}/:name`, scopes: schemaWriteScope, run: change },
  { method: 'delete', path: `${base}/:name`, scopes: schemaWriteScope, run: archive },
];
