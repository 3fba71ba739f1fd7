// The rows of a webhook request. HubSpot names the type in two ways, writes ids as numbers or text, and adds fields at will.
import { z } from 'zod';
import type { WebhookEvent } from '../domain/webhook-event.ts';

const id = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,19}$/)]).transform(String);
const number = z.union([z.int().nonnegative(), z.string().regex(/^\d{1,15}$/)]).transform(Number);
const words = z.string().max(200);

const rowSchema = z
  .object({
    portalId: number.refine((value) => value > 0),
    occurredAt: number.refine((value) => value <= 8.64e15),
    subscriptionType: words.optional(),
    eventType: words.optional(),
    appId: number.nullish(),
    objectId: id.nullish(),
    objectTypeId: words.nullish(),
    propertyName: words.nullish(),
    propertyValue: z.union([z.string(), z.number(), z.boolean()]).transform(String).nullish(),
    changeSource: words.nullish(),
    primaryObjectId: id.nullish(),
    mergedObjectIds: z.array(id).max(1_000).nullish(),
    newObjectId: id.nullish(),
  })
  .refine(({ subscriptionType, eventType }) => Boolean(subscriptionType ?? eventType), {
    path: ['subscriptionType'],
    error: 'Expected subscriptionType or eventType',
  });

/** Below 100 by the documents; more is no reason to refuse what is signed. */
export const webhookBodySchema = z.array(z.unknown()).max(1_000);

export type ParsedRow = { event: WebhookEvent } | { problem: string };

/** One row. What cannot be read costs only itself; the problem names the field and never quotes a value. */
export function parseWebhookRow(row: unknown): ParsedRow {
  const parsed = rowSchema.safeParse(row);
  if (!parsed.success) return { problem: parsed.error.issues[0]?.path.join('.') || 'row' };
  const { data } = parsed;
  const newId = data.newObjectId ?? null;
  const former = [data.primaryObjectId, ...(data.mergedObjectIds ?? [])].flatMap((one) => one ?? []);
  return {
    event: {
      portalId: data.portalId,
      appId: data.appId ?? null,
      type: typeOf(data.subscriptionType ?? data.eventType ?? '', data.objectTypeId ?? null),
      objectId: data.objectId ?? null,
      occurredAt: data.occurredAt,
      property: data.propertyName ?? null,
      value: data.propertyValue ?? null,
      mergedIds: [...new Set(former)].filter((one) => one !== newId),
      newId,
      source: data.changeSource ?? null,
    },
  };
}

const objectNames: Record<string, string> = { '0-1': 'contact', '0-2': 'company', '0-3': 'deal' };

/** Generic subscriptions of project apps say `object.creation` and name the object apart. */
function typeOf(given: string, objectTypeId: string | null): string {
  const name = objectNames[objectTypeId ?? ''];
  return name && given.startsWith('object.') ? `${name}${given.slice('object'.length)}` : given;
}
