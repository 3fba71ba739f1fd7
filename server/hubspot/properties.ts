// Property definitions of an account: list them, and make sure that ours are there. It changes no existing property.
import { z } from 'zod';
import { CodedError } from '../errors.ts';
import { ask, readReply } from './ask.ts';
import type { PortalApi } from './portal.ts';
import type { ObjectType } from './versions.ts';

const definitionSchema = z
  .looseObject({
    name: z.string(),
    label: z.string().default(''),
    type: z.string(),
    fieldType: z.string().default(''),
    groupName: z.string().default(''),
    description: z.string().nullish(),
    options: z
      .array(z.looseObject({ label: z.string().default(''), value: z.string(), hidden: z.boolean().default(false) }))
      .default([]),
    hasUniqueValue: z.boolean().default(false),
    calculated: z.boolean().default(false),
    archived: z.boolean().default(false),
    hidden: z.boolean().default(false),
    modificationMetadata: z
      .looseObject({ readOnlyValue: z.boolean().default(false), readOnlyDefinition: z.boolean().default(false) })
      .nullish(),
  })
  .transform((wire) => ({
    name: wire.name,
    label: wire.label,
    type: wire.type,
    fieldType: wire.fieldType,
    groupName: wire.groupName,
    options: wire.options.map(({ label, value, hidden }) => ({ label, value, hidden })),
    hasUniqueValue: wire.hasUniqueValue,
    calculated: wire.calculated,
    archived: wire.archived,
    hidden: wire.hidden,
    modificationMetadata: {
      readOnlyValue: wire.modificationMetadata?.readOnlyValue ?? false,
      readOnlyDefinition: wire.modificationMetadata?.readOnlyDefinition ?? false,
    },
  }));

export type PropertyDefinition = z.infer<typeof definitionSchema>;

export interface NewProperty {
  name: string;
  label: string;
  type: 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';
  fieldType: string;
  groupName: string;
  description?: string;
  options?: { label: string; value: string }[];
}

export type Ensured = 'created' | 'present';

const listSchema = z.looseObject({ results: z.array(definitionSchema) });

export async function listProperties(portal: PortalApi, objectType: ObjectType): Promise<PropertyDefinition[]> {
  const { results } = await ask(portal, portal.endpoint('properties', { objectType }), listSchema);
  return results;
}

/** `null` when HubSpot says there is none (an archived one counts as none: creating it brings it back). */
export async function readProperty(
  portal: PortalApi,
  { objectType, name }: { objectType: ObjectType; name: string },
): Promise<PropertyDefinition | null> {
  const endpoint = portal.endpoint('property', { objectType, name });
  const { status, body } = await portal.call({ ...endpoint, allow: [404] });
  if (status === 404) return null;
  const definition = readReply({ schema: definitionSchema, body, status, route: endpoint.route });
  return definition.archived ? null : definition;
}

export async function ensureGroup(
  portal: PortalApi,
  { objectType, name, label }: { objectType: ObjectType; name: string; label: string },
): Promise<Ensured> {
  const seen = await portal.call({ ...portal.endpoint('propertyGroup', { objectType, name }), allow: [404] });
  if (seen.status !== 404) return 'present';
  const { status } = await portal.call({
    ...portal.endpoint('propertyGroupCreate', { objectType }),
    body: { name, label, displayOrder: -1 },
    allow: [409],
  });
  return status === 409 ? 'present' : 'created';
}

/** A property of our name but of another type, or one that cannot be written, is a conflict for a person to settle. */
export async function ensureProperty(
  portal: PortalApi,
  { objectType, property }: { objectType: ObjectType; property: NewProperty },
): Promise<Ensured> {
  const existing = await readProperty(portal, { objectType, name: property.name });
  if (existing !== null) {
    assertUsable({ objectType, wanted: property, existing });
    return 'present';
  }
  const endpoint = portal.endpoint('propertyCreate', { objectType });
  const { status, body } = await portal.call({
    ...endpoint,
    body: { options: [], hasUniqueValue: false, ...property },
    allow: [409],
  });
  // Somebody else was faster, or HubSpot restored an archived property of this name: look at what is there now.
  const now =
    status === 409
      ? await readProperty(portal, { objectType, name: property.name })
      : readReply({ schema: definitionSchema, body, status, route: endpoint.route });
  if (now !== null) assertUsable({ objectType, wanted: property, existing: now });
  return status === 409 ? 'present' : 'created';
}

function assertUsable({
  objectType,
  wanted,
  existing,
}: {
  objectType: ObjectType;
  wanted: NewProperty;
  existing: PropertyDefinition;
}): void {
  const details = { objectType, property: wanted.name };
  if (existing.type !== wanted.type) {
    throw new CodedError(
      'hubspot_conflict',
      `The HubSpot property ${wanted.name} of ${objectType} is of type ${existing.type}, but ${wanted.type} is needed. Rename or delete it in HubSpot, then connect again.`,
      { details: { ...details, type: existing.type, wantedType: wanted.type } },
    );
  }
  if (existing.modificationMetadata.readOnlyValue || existing.calculated) {
    throw new CodedError(
      'hubspot_conflict',
      `The HubSpot property ${wanted.name} of ${objectType} is read-only. Rename or delete it in HubSpot, then connect again.`,
      {
        details: { ...details, readOnly: true },
      },
    );
  }
}
