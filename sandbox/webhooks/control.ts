/** What a test can do about webhooks: register an app's address, act as a person in HubSpot, and watch what was sent. */
import type * as z from 'zod';
import type { SandboxContext } from '../context.ts';
import { ControlError } from '../control/control-error.ts';
import type { WebhookAttempt, WebhookRegistration } from '../state/webhooks.ts';
import { actAsPerson, type PersonAction } from './person-actions.ts';
import { registrationSchema, toRegistration } from './registration.ts';

export type WebhookControl = {
  /** Replaces what the app registered before. */
  register: (registration: z.input<typeof registrationSchema>) => WebhookRegistration;
  unregister: (appId: number) => void;
  /** As a person in HubSpot's own pages. */
  act: (portalId: number, action: PersonAction) => { id: string };
  /** Sends what is due, and first attempts without the pause. */
  flush: () => Promise<{ requests: number; pending: number }>;
  report: () => { pending: number; givenUp: number; attempts: WebhookAttempt[] };
};

export function createWebhookControl(context: SandboxContext): WebhookControl {
  const { state, webhooks } = context;
  return {
    register(input) {
      const parsed = registrationSchema.parse(input);
      if (!state.apps.has(parsed.appId)) throw new ControlError(`There is no app ${parsed.appId}`, 404);
      const registration = toRegistration(parsed, state.nextId);
      state.nextId += registration.subscriptions.length;
      state.webhooks.registrations.set(registration.appId, registration);
      return registration;
    },
    unregister(appId) {
      state.webhooks.registrations.delete(appId);
      state.webhooks.queue = state.webhooks.queue.filter((one) => one.appId !== appId);
    },
    act(portalId, action) {
      const portal = state.portals.get(portalId);
      if (portal === undefined) throw new ControlError(`There is no portal ${portalId}`, 404);
      const done = actAsPerson(portal, action, context.now());
      webhooks.collect(portalId);
      return done;
    },
    async flush() {
      const requests = await webhooks.flush();
      return { requests, pending: state.webhooks.queue.length };
    },
    report: () => {
      const { queue, givenUp, attempts } = state.webhooks;
      return { pending: queue.length, givenUp, attempts };
    },
  };
}
