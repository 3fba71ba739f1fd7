import { Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend<'crm.record.sidebar'>(() => <Text>Elido</Text>);
