// Can this process do its work? Asks what it cannot work without.
import type { Context } from './context.ts';

export interface Readiness {
  ready: boolean;
  checks: { store: 'ok' | 'not answering' };
}

/** HubSpot is not among the checks: a portal that is down must not take the redirects with it. */
export async function checkReadiness({ store, log }: Context): Promise<Readiness> {
  try {
    await store.ping();
    return { ready: true, checks: { store: 'ok' } };
  } catch (error) {
    log.warn({ err: error }, 'the store does not answer');
    return { ready: false, checks: { store: 'not answering' } };
  }
}
