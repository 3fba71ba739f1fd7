// Contacts that were deleted. Whether one is gone now, HubSpot knows best (it may be restored, or merged into another): what is on
// its way to the contact is looked at again at once, and is closed with the reason if HubSpot no longer has it.
import { movingStates } from '../../store/contact-deliveries.ts';
import { personOf } from './person.ts';
import type { Story } from './stories.ts';
import { subjectsOf } from './subjects.ts';

export const contactsDeleted: Story = async (context, portalId, receipts) => {
  const now = context.now();
  let woken = 0;
  for (const contactId of subjectsOf(receipts)) {
    const person = await personOf(context, { portalId, contactId });
    woken += await context.store.contactDeliveries.requeue({ person, states: movingStates, now });
  }
  if (woken > 0) await context.store.portals.wake({ portalIds: [portalId], at: now });
};
