// Contacts that became one. Clicks, touches, linked ids and what is still on its way go to the survivor, and its counters are counted anew.
import { repointContact } from '../delivery/repoint-contact.ts';
import { eraseContact } from './erase-contact.ts';
import type { Story } from './stories.ts';

export const contactsMerged: Story = async (context, portalId, receipts) => {
  const { contactMerges, erasures, portals } = context.store;
  const merges = receipts.flatMap(({ mergedIds, newId }) => (newId === null ? [] : [{ from: mergedIds, to: newId }]));
  // All are written down before the first is followed: the survivor of one may have been merged again since.
  for (const { from, to } of merges) await contactMerges.save({ portalId, from, to });
  for (const { from, to } of merges) {
    const [erased] = await erasures.among({ portalId, contactIds: [...from, to] });
    if (erased !== undefined) {
      await eraseContact(context, { portalId, contactId: erased });
      continue;
    }
    const survivor = await contactMerges.survivorOf({ portalId, contactId: to });
    for (const id of [...from, to]) {
      if (id !== survivor) await repointContact(context, { portalId, from: id, to: survivor });
    }
  }
  if (merges.length > 0) await portals.wake({ portalIds: [portalId], at: context.now() });
};
