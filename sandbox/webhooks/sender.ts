/** Sends webhook events as HubSpot does: in batches, signed, again after a failure, for up to a day on the settable clock. */
import type { SandboxContext } from '../context.ts';
import { chunk, groupBy, shuffle } from './arrange.ts';
import { signatureHeaders } from './sign.ts';
import { toEvents } from './to-events.ts';
import type { QueuedEvent } from '../state/webhooks.ts';

export type WebhookSender = {
  /** Turns what happened to the records of a portal into events. */
  collect: (portalId: number | null) => void;
  /** Sends what is due, first attempts at once, and waits for the answers; returns how many requests that were. */
  flush: () => Promise<number>;
  start: () => void;
  stop: () => Promise<void>;
};

const EVERY_MS = 50;
const ATTEMPTS_KEPT = 1000;
/** Pauses before the ten retries, about a day in all; each is lengthened by chance. */
const RETRY_MINUTES = [1, 3, 7, 15, 30, 60, 120, 180, 300, 480];

type Outgoing = Omit<SandboxContext, 'webhooks'>;

export function createWebhookSender(context: Outgoing): WebhookSender {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<number> = Promise.resolve(0);
  let busy = false;
  const random = (): number => context.randomBytes(4).readUInt32BE() / 2 ** 32;
  const newEventId = (): number => context.randomBytes(4).readUInt32BE();

  function isInstalled(appId: number, portalId: number): boolean {
    const install = context.state.installs.get(`${appId}/${portalId}`);
    return install !== undefined && install.uninstalledAt === null;
  }

  function collect(portalId: number | null): void {
    const portal = portalId === null ? undefined : context.state.portals.get(portalId);
    if (portal === undefined || portal.changes.length === 0) return;
    const changes = portal.changes;
    portal.changes = [];
    const { webhooks, switches } = context.state;
    const dueAt = context.now() + switches.webhookDelayMs;
    for (const registration of webhooks.registrations.values()) {
      const { appId } = registration;
      if (!isInstalled(appId, portal.portalId)) continue;
      for (const change of changes) {
        for (const event of toEvents({ portalId: portal.portalId, change, newEventId }, registration)) {
          for (let copy = 0; copy < switches.webhookCopies; copy++)
            webhooks.queue.push({ appId, event, attempt: 0, dueAt });
        }
      }
    }
  }

  /** Requests: one app, one attempt number, and one portal unless they may be mixed. */
  function requestsOf(due: QueuedEvent[]): QueuedEvent[][] {
    const { webhookOrder, webhookMixPortals, webhookBatchSize } = context.state.switches;
    const arranged = webhookOrder === 'shuffled' ? shuffle(due, random) : due;
    const groups = groupBy(
      arranged,
      ({ appId, attempt, event }) => `${appId}/${attempt}/${webhookMixPortals ? '' : event.portalId}`,
    );
    return groups.flatMap((group) => chunk(group, webhookBatchSize));
  }

  async function post(batch: readonly QueuedEvent[]): Promise<number | null> {
    const { appId, attempt } = batch[0] ?? { appId: 0, attempt: 0 };
    const url = context.state.webhooks.registrations.get(appId)?.targetUrl;
    const secret = context.state.apps.get(appId)?.clientSecret;
    if (url === undefined || secret === undefined) return 200;
    const { webhookSignatures, webhookTimeoutMs } = context.state.switches;
    const body = JSON.stringify(batch.map(({ event }) => ({ ...event, attemptNumber: attempt })));
    const signature = signatureHeaders(webhookSignatures, { method: 'POST', url, body, secret, now: context.now() });
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'User-Agent': 'HubSpot Webhooks', ...signature },
        body,
        redirect: 'manual',
        signal: AbortSignal.any([AbortSignal.timeout(webhookTimeoutMs), stopping.signal]),
      });
      await response.body?.cancel();
      return response.status;
    } catch {
      return null;
    }
  }

  async function send(batch: QueuedEvent[]): Promise<void> {
    const { webhooks } = context.state;
    const status = await post(batch);
    const { appId, attempt } = batch[0] ?? { appId: 0, attempt: 0 };
    const eventIds = batch.map(({ event }) => event.eventId);
    webhooks.attempts = [...webhooks.attempts, { at: context.now(), appId, attempt, eventIds, status }].slice(
      -ATTEMPTS_KEPT,
    );
    if (status !== null && status < 300) return;
    const minutes = RETRY_MINUTES[attempt];
    if (minutes === undefined) webhooks.givenUp += batch.length;
    else {
      const dueAt = context.now() + minutes * 60_000 * (1 + random() / 5);
      webhooks.queue.push(...batch.map((one) => ({ ...one, attempt: attempt + 1, dueAt })));
    }
  }

  async function sendDue(atOnce: boolean): Promise<number> {
    const { webhooks } = context.state;
    const isDue = ({ dueAt, attempt }: QueuedEvent) => dueAt <= context.now() || (atOnce && attempt === 0);
    const due = webhooks.queue.filter(isDue);
    if (due.length === 0 || stopping.signal.aborted) return 0;
    webhooks.queue = webhooks.queue.filter((one) => !isDue(one));
    const requests = requestsOf(due);
    const lanes = Math.max(1, ...[...webhooks.registrations.values()].map((one) => one.maxConcurrentRequests));
    for (const some of chunk(requests, lanes)) await Promise.all(some.map(send));
    return requests.length;
  }

  /** One round at a time: what a round under way has taken is not sent twice. */
  function next(atOnce: boolean): Promise<number> {
    busy = true;
    running = running
      .then(() => sendDue(atOnce))
      .finally(() => {
        busy = false;
      });
    return running;
  }

  return {
    collect,
    flush: () => next(true),
    start() {
      timer = setInterval(() => {
        if (!busy && context.state.webhooks.queue.length > 0) void next(false);
      }, EVERY_MS);
      timer.unref();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      stopping.abort();
      await running;
    },
  };
}
