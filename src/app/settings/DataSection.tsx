// How long Elido keeps what, and what happens when a contact is erased.
import { Flex, Heading, Link, Text } from '@hubspot/ui-extensions';
import type { SectionProps } from './page-host.ts';

export function DataSection({ host: { words }, settings }: SectionProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{words.tell('retentionTitle')}</Heading>
      <Text>{words.tellCount('retention', settings.retention_days)}</Text>
      <Text>{words.tellCount('recentWindow', settings.recent_clicks_days)}</Text>
      <Text>{words.tell('retentionErase')}</Text>
      <Link href={{ url: settings.console_url, external: true }}>{words.say('openConsole')}</Link>
    </Flex>
  );
}
