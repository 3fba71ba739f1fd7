// Clicks of this contact that are not on the timeline: why, and what to do about it.
import { useState } from 'react';
import { Accordion, Button, Flex, Text } from '@hubspot/ui-extensions';
import { Explanation } from './Explanation.tsx';
import type { CardContact } from './shared/card-api.ts';
import { reasonText } from './shared/reason-text.ts';
import type { Words } from './shared/words.ts';

interface MissingClicksProps {
  missing: CardContact['missing'];
  now: string;
  words: Words;
  origin: string;
}

export function MissingClicks({ missing, now, words, origin }: MissingClicksProps) {
  const [explained, setExplained] = useState<string | null>(null);
  if (missing.events.length === 0) return null;
  return (
    <Accordion title={words.count('missingTitle', missing.events.length)} size="sm" defaultOpen>
      <Flex direction="column" gap="sm">
        {missing.events.map((event) => {
          const text = reasonText(event.reason, event, words.language);
          return (
            <Flex key={event.id} direction="column" gap="xs">
              <Text format={{ fontWeight: 'bold' }}>
                {event.link.title}, {words.ago(event.at, now)}
              </Text>
              <Text>{text.words}</Text>
              <Text variant="microcopy">
                {words.say('next')}: {text.next}
              </Text>
              {explained === event.id ? (
                <Explanation eventId={event.id} origin={origin} words={words} onClose={() => setExplained(null)} />
              ) : (
                <Button
                  testId={`missing-${event.id}`}
                  size="xs"
                  variant="transparent"
                  onClick={() => setExplained(event.id)}
                >
                  {words.say('why')}
                </Button>
              )}
            </Flex>
          );
        })}
        {missing.more && <Text variant="microcopy">{words.say('missingMore')}</Text>}
      </Flex>
    </Accordion>
  );
}
