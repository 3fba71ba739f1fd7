/** What an app can subscribe to, and how a subscription is registered. */
import * as z from 'zod';
import type { WebhookRegistration } from '../state/webhooks.ts';

const objectKinds = ['creation', 'deletion', 'merge', 'restore', 'propertyChange'] as const;
/** Kinds of records the sandbox has. */
export const subscribable = ['contact', 'company', 'deal'] as const;

const subscriptionTypes = new Set<string>([
  ...['object', ...subscribable].flatMap((name) => objectKinds.map((kind) => `${name}.${kind}`)),
  'contact.privacyDeletion',
]);

const subscriptionSchema = z
  .strictObject({
    subscriptionType: z.string().refine((type) => subscriptionTypes.has(type), 'is not a type this sandbox sends'),
    objectType: z.enum(subscribable).nullable().default(null),
    propertyName: z.string().nullable().default(null),
    active: z.boolean().default(true),
  })
  .refine(
    ({ subscriptionType, propertyName }) => subscriptionType.endsWith('.propertyChange') === Boolean(propertyName),
    {
      path: ['propertyName'],
      error: 'belongs to property changes, and only there',
    },
  )
  .refine(({ subscriptionType, objectType }) => subscriptionType.startsWith('object.') === (objectType !== null), {
    path: ['objectType'],
    error: 'belongs to object.* types, and only there',
  });

export const registrationSchema = z.strictObject({
  appId: z.int().positive(),
  targetUrl: z.url({ protocol: /^https?$/ }),
  maxConcurrentRequests: z.int().min(1).max(100).default(10),
  subscriptions: z.array(subscriptionSchema).max(1000),
});

/** Gives every subscription its id. */
export function toRegistration(input: z.infer<typeof registrationSchema>, firstId: number): WebhookRegistration {
  const subscriptions = input.subscriptions.map((one, at) => ({ ...one, subscriptionId: firstId + at }));
  return { ...input, subscriptions };
}
