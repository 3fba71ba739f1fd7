// The deal card in a tab of the record.
import { hubspot } from '@hubspot/ui-extensions';
import { DealCard } from './DealCard.tsx';

hubspot.extend<'crm.record.tab'>(() => <DealCard />);
