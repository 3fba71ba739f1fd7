// Whom a set of receipts is about, each once.
import type { WebhookReceipt } from '../../store/webhook-receipts.ts';

export function subjectsOf(receipts: readonly WebhookReceipt[]): string[] {
  return [...new Set(receipts.flatMap(({ objectId }) => objectId ?? []))];
}
