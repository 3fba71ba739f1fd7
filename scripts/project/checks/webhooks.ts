// The subscriptions are what the server does something with: no event it would throw away, and none missing that it waits for.
import { z } from 'zod';
import { storyOf } from '../../../server/flows/webhooks/stories.ts';
import type { Component, Problem } from '../read-project.ts';

const subscriptionsSchema = z.object({
  subscriptions: z.object({
    crmObjects: z
      .array(z.object({ subscriptionType: z.string(), objectType: z.string(), propertyName: z.string().optional() }))
      .default([]),
    hubEvents: z.array(z.object({ subscriptionType: z.string() })).default([]),
  }),
});

const kinds = ['creation', 'deletion', 'merge', 'restore'];
const candidates = [
  ...['contact', 'deal', 'company'].flatMap((object) => kinds.map((kind) => `${object}.${kind}`)),
  'contact.privacyDeletion',
  'contact.propertyChange email',
  'deal.propertyChange dealstage',
];

export function checkWebhooks(components: readonly Component[]): Problem[] {
  return components
    .filter(({ type }) => type === 'WEBHOOKS')
    .flatMap(({ file, config }) => {
      const { crmObjects, hubEvents } = subscriptionsSchema.parse(config).subscriptions;
      const asked = [
        ...crmObjects.map(({ subscriptionType, objectType, propertyName }) => {
          const type = subscriptionType.replace('object.', `${objectType}.`);
          return propertyName ? `${type} ${propertyName}` : type;
        }),
        ...hubEvents.map(({ subscriptionType }) => subscriptionType),
      ];
      const idle = asked.filter((one) => !isHandled(one)).map((one) => `The server does nothing with ${one}.`);
      const missing = candidates
        .filter((one) => isHandled(one) && !asked.includes(one))
        .map((one) => `The server waits for ${one}, and nobody subscribes it.`);
      return [...idle, ...missing].map((message) => ({ check: 'webhooks', file, message }));
    });
}

function isHandled(subscription: string): boolean {
  const [type = '', property = null] = subscription.split(' ');
  return storyOf({ type, property }) !== null;
}
