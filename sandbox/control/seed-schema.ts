/** What can be seeded: apps, and portals with their records. The contract of `POST /sandbox/control/seed`. */
import * as z from 'zod';

const scope = z.string().regex(/^\S+$/);
const recordId = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^[1-9]\d{0,15}$/));
const value = z.union([z.string(), z.number(), z.boolean()]).transform(String);
/** ISO 8601 or milliseconds. */
export const momentSchema = z.union([
  z.number(),
  z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
]);

const appSchema = z.strictObject({
  appId: z.int().positive(),
  name: z.string().default('Sample app'),
  projectName: z.string().default('sample-project'),
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  redirectUris: z.array(z.url()).default([]),
  requiredScopes: z.array(scope).default(['oauth']),
  optionalScopes: z.array(scope).default([]),
  developerKey: z.string().nullable().default(null),
  approved: z.boolean().default(true),
});

const recordSchema = z.strictObject({
  id: recordId.optional(),
  properties: z.record(z.string(), value).default({}),
  /** Left out: a day ago, so that search finds it at once. */
  createdAt: momentSchema.optional(),
});

const objectType = z.enum(['contacts', 'companies', 'deals', 'notes']);
const end = z.strictObject({ type: objectType, id: recordId });

const portalSchema = z.strictObject({
  portalId: z.int().positive(),
  name: z.string().optional(),
  domain: z.string().optional(),
  timeZone: z.string().optional(),
  currency: z.string().length(3).optional(),
  users: z
    .array(
      z.strictObject({
        userId: z.int().positive(),
        email: z.email(),
        firstName: z.string(),
        lastName: z.string(),
        superAdmin: z.boolean().optional(),
      }),
    )
    .optional(),
  unavailableScopes: z.array(scope).optional(),
  limits: z
    .strictObject({
      perTenSeconds: z.int().positive().optional(),
      searchPerSecond: z.int().positive().optional(),
      perDay: z.int().positive().optional(),
    })
    .optional(),
  writeRules: z
    .array(
      z.strictObject({
        objectType,
        property: z.string(),
        when: z.strictObject({ property: z.string(), value: z.string() }).nullable().default(null),
      }),
    )
    .optional(),
  contacts: z.array(recordSchema).default([]),
  companies: z.array(recordSchema).default([]),
  deals: z.array(recordSchema).default([]),
  notes: z.array(recordSchema).default([]),
  associations: z.array(z.strictObject({ from: end, to: end, typeId: z.int().nullable().default(null) })).default([]),
});

export const seedSchema = z.strictObject({
  apps: z.array(appSchema).default([]),
  portals: z.array(portalSchema).default([]),
});

export type SeedInput = z.input<typeof seedSchema>;
export type Seed = z.infer<typeof seedSchema>;
export type PortalSeed = Seed['portals'][number];
