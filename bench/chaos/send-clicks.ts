// The clients of a run. A program that reports clicks sends again until it has an answer; a visitor just opens the link.
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import type { Sending } from './plan-clicks.ts';
import type { Random } from './random.ts';

/** What a client knows at the end. `reference` is the click id, or for visits the `gclid` that the link was opened with. */
export interface SentByClient {
  portalId: number;
  reference: string;
  visit: boolean;
  contactId: string;
  openDeals: readonly string[];
  accepted: boolean;
}

export interface SendOptions {
  sendings: readonly Sending[];
  serverUrls: readonly string[];
  /** The sendings are spread over this time. */
  overMs: number;
  random: Random;
  onAccepted: (clicks: number) => void;
}

export interface Sent {
  clicks: SentByClient[];
  resends: number;
  /** Visitors who found nobody at home for too long. */
  gaveUp: number;
  problems: string[];
}

const clientsAtOnce = 24;
const answerWithinMs = 20_000;
/** Longer than all servers together can be away. */
const visitorPatienceMs = 60_000;

const browser = {
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
  accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
  'accept-language': 'en-GB,en;q=0.9',
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-user': '?1',
};

export async function sendClicks({ sendings, serverUrls, overMs, random, onAccepted }: SendOptions): Promise<Sent> {
  const sent: Sent = { clicks: [], resends: 0, gaveUp: 0, problems: [] };
  const startedAt = performance.now();
  let next = 0;
  let visits = 0;
  let accepted = 0;

  function keep(click: SentByClient): void {
    sent.clicks.push(click);
    if (click.accepted) onAccepted((accepted += 1));
  }

  async function client(): Promise<void> {
    while (next < sendings.length) {
      const index = next++;
      const sending = sendings[index] as Sending;
      await sleep(Math.max(0, startedAt + (overMs * index) / sendings.length - performance.now()));
      if (sending.kind === 'visit') await visit(sending);
      else await report(sending);
    }
  }

  /** The same words until an answer comes, to whichever server. */
  async function report({ kind, household, clicks }: Exclude<Sending, { kind: 'visit' }>): Promise<void> {
    const rows = clicks.map(({ clickId, contactId }) => ({
      click_id: clickId,
      slug: household.slug,
      eid: contactId,
      utm: { source: clickId },
      user_agent: browser['user-agent'],
    }));
    const body = JSON.stringify(kind === 'batch' ? { clicks: rows } : rows[0]);
    for (let attempt = 1; ; attempt += 1) {
      const answer = await ask(random.pick(serverUrls), household.key, body);
      if (answer?.status === 202) break;
      if (answer !== null && answer.status < 500) {
        sent.problems.push(`a report of clicks was answered ${answer.status}: ${answer.text.slice(0, 300)}`);
        return;
      }
      sent.resends += 1;
      await sleep(Math.min(50 * attempt, 500));
    }
    for (const { clickId, contactId, openDeals } of clicks) {
      const { portalId } = household;
      keep({ portalId, reference: clickId, visit: false, contactId, openDeals, accepted: true });
    }
  }

  /** A visitor without an answer does not come back with the same click: what became of it is not known. */
  async function visit({ household, contactId, openDeals }: Extract<Sending, { kind: 'visit' }>): Promise<void> {
    const { portalId, slug } = household;
    const givesUpAt = performance.now() + visitorPatienceMs;
    for (let attempt = 1; performance.now() < givesUpAt; attempt += 1) {
      const reference = `visit-${(visits += 1)}`;
      const address = `${random.pick(serverUrls)}/r/${slug}?eid=${contactId}&gclid=${reference}`;
      const status = await open(address);
      keep({ portalId, reference, visit: true, contactId, openDeals, accepted: status === 302 });
      if (status === 302) return;
      if (status !== null && status < 500) sent.problems.push(`a visit was answered ${status}`);
      await sleep(Math.min(50 * attempt, 500));
    }
    sent.gaveUp += 1;
  }

  await Promise.all(Array.from({ length: clientsAtOnce }, client));
  return sent;
}

async function ask(url: string, key: string, body: string): Promise<{ status: number; text: string } | null> {
  try {
    const { statusCode, body: reply } = await request(`${url}/v1/clicks`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
      headersTimeout: answerWithinMs,
      bodyTimeout: answerWithinMs,
    });
    return { status: statusCode, text: await reply.text() };
  } catch {
    return null;
  }
}

async function open(address: string): Promise<number | null> {
  try {
    const { statusCode, body } = await request(address, { headers: browser, headersTimeout: answerWithinMs });
    await body.dump();
    return statusCode;
  } catch {
    return null;
  }
}
