// A CRM record as HubSpot sends it, and the envelope of its batch answers.
import { z } from 'zod';

const propertyValue = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .transform((value) => (value === null ? null : String(value)));

/** Ids are numbers on some endpoints and strings on others; here they are always strings. */
export const idSchema = z.union([z.string().min(1), z.number()]).transform(String);

export const recordSchema = z.looseObject({
  id: idSchema,
  properties: z.record(z.string(), propertyValue).default({}),
  archived: z.boolean().default(false),
  objectWriteTraceId: z.string().optional(),
});

export interface CrmRecord {
  id: string;
  /** Every value is text or null, as on the wire; a property HubSpot does not know is left out. */
  properties: Record<string, string | null>;
  archived: boolean;
}

export const toRecord = ({ id, properties, archived }: z.infer<typeof recordSchema>): CrmRecord => ({
  id,
  properties,
  archived,
});

export const batchReplySchema = z.looseObject({
  results: z.array(recordSchema).default([]),
  errors: z.array(z.unknown()).default([]),
});

export type BatchReply = z.infer<typeof batchReplySchema>;

/** What was asked for under its own key, even when HubSpot answers under a new id after a merge. */
export interface ReadResult {
  found: Map<string, CrmRecord>;
  /** HubSpot says there is none. */
  missing: Set<string>;
}
