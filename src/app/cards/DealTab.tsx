import { Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend<'crm.record.tab'>(() => <Text>Elido</Text>);
