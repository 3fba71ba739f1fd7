// Works on the webhook events of one portal: one story after the other. Only the holder of the portal's lease may run it.
import { backoffMs } from '../../lib/backoff.ts';
import { groupBy } from '../../lib/chunk.ts';
import type { WebhookReceipt } from '../../store/webhook-receipts.ts';
import type { Context } from '../context.ts';
import { stories, storyOf, type StoryName } from './stories.ts';

const roundSize = 500;
const retryPolicy = { firstMs: 2_000, maxMs: 3600_000 };

export interface ReceiptRound {
  portalId: number;
  /** Throws once the lease may be lost. */
  assertHeld: () => Promise<void> | void;
}

/** How many were looked at; fewer than a full round means that nothing more is due. */
export async function workReceipts(context: Context, { portalId, assertHeld }: ReceiptRound): Promise<number> {
  const { webhookReceipts } = context.store;
  const due = await webhookReceipts.takeDue({ portalId, now: context.now(), limit: roundSize });
  const byStory = groupBy(due, storyOf);
  for (const name of Object.keys(stories) as StoryName[]) {
    const receipts = byStory.get(name);
    if (!receipts) continue;
    await assertHeld();
    await play(context, { portalId, name, receipts });
  }
  // Kept by another version of the program that knew more.
  const unknown = byStory.get(null) ?? [];
  if (unknown.length > 0) await webhookReceipts.finish(unknown.map(({ _id }) => _id));
  return due.length;
}

interface Play {
  portalId: number;
  name: StoryName;
  receipts: readonly WebhookReceipt[];
}

/** A story that fails is tried again later and keeps the others from nothing. */
async function play(context: Context, { portalId, name, receipts }: Play): Promise<void> {
  const { store, log, now } = context;
  const ids = receipts.map(({ _id }) => _id);
  try {
    await stories[name](context, portalId, receipts);
    await store.webhookReceipts.finish(ids);
  } catch (error) {
    const attempts = Math.max(...receipts.map((receipt) => receipt.attempts)) + 1;
    log.warn({ portalId, story: name, events: ids.length, attempts, err: error }, 'webhook events will be tried again');
    await store.webhookReceipts.postpone({ ids, dueAt: now() + backoffMs(attempts, retryPolicy) });
  }
}
