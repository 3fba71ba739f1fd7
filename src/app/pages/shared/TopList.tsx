// A copy of src/app/cards/shared/TopList.tsx, made by `npm run card-types`: change it there.
// Links or people with their clicks, the busiest first.
import { DescriptionList, DescriptionListItem, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { Words } from './words.ts';

interface TopListProps {
  title: string;
  rows: readonly { id: string; label: string; clicks: number; last_at: string }[];
  now: string;
  words: Words;
}

export function TopList({ title, rows, now, words }: TopListProps) {
  if (rows.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{title}</Heading>
      <DescriptionList direction="column">
        {rows.slice(0, 5).map(({ id, label, clicks, last_at }) => (
          <DescriptionListItem key={id} label={label}>
            <Text>
              {words.count('clickCount', clicks)}, {words.say('lastClick', { when: words.ago(last_at, now) })}
            </Text>
          </DescriptionListItem>
        ))}
      </DescriptionList>
    </Flex>
  );
}
