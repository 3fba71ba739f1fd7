// What happened to deals goes into their ledger. Decides nothing: rules read it.
import type { DealChange } from '../../store/deal-stages.ts';
import type { WebhookReceipt } from '../../store/webhook-receipts.ts';
import type { Story } from './stories.ts';

export const dealsChanged: Story = async ({ store }, _portalId, receipts) => {
  await store.dealStages.record(receipts.flatMap(changesIn));
};

const kindOf: Record<string, DealChange['kind']> = {
  'deal.creation': 'created',
  'deal.propertyChange': 'stage',
  'deal.deletion': 'deleted',
  'deal.restore': 'restored',
};

function changesIn({ _id, type, portalId, objectId, value, mergedIds, newId, occurredAt, source }: WebhookReceipt) {
  const common = { portalId, at: new Date(occurredAt), source };
  if (type === 'deal.merge') {
    return mergedIds.map((dealId): DealChange => {
      return { ...common, _id: `${_id}:${dealId}`, dealId, kind: 'merged', stage: null, mergedInto: newId };
    });
  }
  const kind = kindOf[type];
  if (kind === undefined || objectId === null) return [];
  const change: DealChange = { ...common, _id, dealId: objectId, kind, stage: value, mergedInto: null };
  return [change];
}
