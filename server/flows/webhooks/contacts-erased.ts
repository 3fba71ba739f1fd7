// Contacts whose data must be gone for good.
import { eraseContact } from './erase-contact.ts';
import type { Story } from './stories.ts';
import { subjectsOf } from './subjects.ts';

export const contactsErased: Story = async (context, portalId, receipts) => {
  for (const contactId of subjectsOf(receipts)) await eraseContact(context, { portalId, contactId });
};
