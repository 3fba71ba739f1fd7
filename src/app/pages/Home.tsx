import { Text, hubspot } from '@hubspot/ui-extensions';

hubspot.extend<'pages'>(() => <Text>Elido</Text>);
