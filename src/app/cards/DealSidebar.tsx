// The deal card in the sidebar of the record.
import { hubspot } from '@hubspot/ui-extensions';
import { DealCard } from './DealCard.tsx';

hubspot.extend<'crm.record.sidebar'>(() => <DealCard compact />);
