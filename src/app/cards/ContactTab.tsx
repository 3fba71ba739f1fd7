// The contact card in a tab of the record.
import { hubspot } from '@hubspot/ui-extensions';
import { ContactCard } from './ContactCard.tsx';

hubspot.extend<'crm.record.tab'>(() => <ContactCard />);
