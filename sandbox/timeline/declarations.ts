/** Reads the app event types a project declares (`*-hsmeta.json`, and those kept back as `*-hsmeta.json.pending`) and checks HubSpot's limits. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { EventType } from '../state/timeline.ts';

const objectTypeIds = { CONTACT: '0-1', COMPANY: '0-2', DEAL: '0-3' } as const;

const propertySchema = z
  .strictObject({
    name: z.string().regex(/^[A-Za-z0-9._-]+$/),
    label: z.string(),
    type: z.enum(['string', 'number', 'date', 'datetime', 'enumeration']),
    options: z.array(z.strictObject({ value: z.string(), label: z.string() })).default([]),
  })
  .refine(({ type, options }) => type !== 'enumeration' || options.length > 0, 'an enumeration needs options');

const declarationSchema = z.strictObject({
  uid: z.string().min(1),
  type: z.literal('app-event'),
  config: z.strictObject({
    name: z.string().min(1).max(50),
    objectType: z.enum(['CONTACT', 'COMPANY', 'DEAL']),
    headerTemplate: z.string().max(1000).default(''),
    detailTemplate: z.string().max(10_000).default(''),
    properties: z.array(propertySchema).max(500).default([]),
  }),
});

export type EventDeclaration = z.infer<typeof declarationSchema>;

/** A folder that is not there declares nothing. A file that HubSpot would refuse is an error that names the file. */
export function readDeclarations(folder: string): EventDeclaration[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /-hsmeta\.json(\.pending)?$/.test(name));
  return names.toSorted().map((name) => {
    try {
      return declarationSchema.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    } catch (cause) {
      throw new Error(`The app event declaration ${name} is not valid: ${String(cause)}`, { cause });
    }
  });
}

export function toEventType({ uid, config }: EventDeclaration, appId: number, now: number): EventType {
  return {
    generation: 'app-event',
    appId,
    key: uid,
    fullyQualifiedName: `ae${appId}_${uid}`,
    name: config.name,
    objectTypeId: objectTypeIds[config.objectType],
    headerTemplate: config.headerTemplate,
    detailTemplate: config.detailTemplate,
    properties: config.properties.map((property) => ({ ...property, objectPropertyName: null })),
    createdAt: now,
    updatedAt: now,
  };
}
