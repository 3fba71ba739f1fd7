// The contact card in the sidebar of the record.
import { hubspot } from '@hubspot/ui-extensions';
import { ContactCard } from './ContactCard.tsx';

hubspot.extend<'crm.record.sidebar'>(() => <ContactCard compact />);
