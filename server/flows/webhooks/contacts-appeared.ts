// Contacts that are there now: created, restored, or with another address. What could not find its contact looks again.
import { subjectsOf } from './subjects.ts';
import type { Story } from './stories.ts';
import { personOf } from './person.ts';

/** The longest pause between two look-ups of a delivery that knows an email. Those that know none wait for a form, and longer. */
const longestPauseMs = 3600_000;

export const contactsAppeared: Story = async (context, portalId, receipts) => {
  const { contactDeliveries, portals } = context.store;
  const now = context.now();
  let woken = await contactDeliveries.wakeAskedAgain({ portalId, now, withinMs: longestPauseMs });
  const there = receipts.filter(({ type }) => type !== 'contact.propertyChange');
  for (const contactId of subjectsOf(there)) {
    const person = await personOf(context, { portalId, contactId });
    const reasons = ['eid_unknown', 'hubspot_not_found'] as const;
    woken += await contactDeliveries.requeue({ person, states: ['skipped'], reasons, now });
  }
  if (woken > 0) await portals.wake({ portalIds: [portalId], at: now });
};
