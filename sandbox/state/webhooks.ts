/** Webhook subscriptions of apps, and what is on its way to them. Plain data. */

export type Subscription = {
  /** `contact.creation`, or `object.creation` with an `objectType`. */
  subscriptionType: string;
  objectType: string | null;
  /** For property changes. */
  propertyName: string | null;
  active: boolean;
  subscriptionId: number;
};

/** One per app: HubSpot knows one target address for all accounts. */
export type WebhookRegistration = {
  appId: number;
  targetUrl: string;
  maxConcurrentRequests: number;
  subscriptions: Subscription[];
};

export type WebhookEvent = Record<string, unknown> & { eventId: number; portalId: number };

/** An event on its way. `attempt` counts from 0, as in `attemptNumber`. */
export type QueuedEvent = { appId: number; event: WebhookEvent; attempt: number; dueAt: number };

/** `status` null: no answer in time, or none at all. */
export type WebhookAttempt = { at: number; appId: number; attempt: number; eventIds: number[]; status: number | null };

export type WebhookState = {
  registrations: Map<number, WebhookRegistration>;
  queue: QueuedEvent[];
  /** The newest ones. */
  attempts: WebhookAttempt[];
  /** Events that were given up after the last retry. */
  givenUp: number;
};

export const emptyWebhooks = (): WebhookState => ({ registrations: new Map(), queue: [], attempts: [], givenUp: 0 });
