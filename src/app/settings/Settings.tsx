import { Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend<'settings'>(() => <Text>Elido</Text>);
