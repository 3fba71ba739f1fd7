// The four UTM touches of a contact.
import { DescriptionList, DescriptionListItem, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { CardContact, CardTouch } from './shared/card-api.ts';
import type { Words } from './shared/words.ts';

interface TouchesProps {
  touches: CardContact['touches'];
  now: string;
  words: Words;
  /** First and last only. */
  compact: boolean;
}

const all = ['first', 'lead', 'deal', 'last'] as const;
const few = ['first', 'last'] as const;

export function Touches({ touches, now, words, compact }: TouchesProps) {
  return (
    <Flex direction="column" gap="xs">
      <Heading>{words.say('touchesTitle')}</Heading>
      <DescriptionList direction="column">
        {(compact ? few : all).map((name) => (
          <DescriptionListItem key={name} label={words.say(`touch_${name}`)}>
            <Text>{touchText(touches[name], now, words)}</Text>
          </DescriptionListItem>
        ))}
      </DescriptionList>
    </Flex>
  );
}

function touchText(touch: CardTouch | null, now: string, words: Words): string {
  if (!touch) return words.say('touchNone');
  const { source, medium, campaign } = touch.utm;
  const values = [source, medium, campaign].filter((value) => value !== null);
  return [values.join(' / ') || touch.slug, words.ago(touch.at, now)].join(', ');
}
