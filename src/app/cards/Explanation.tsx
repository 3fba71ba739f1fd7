// The story of one click, step by step. Asked for only when somebody wants to know.
import { Button, Flex, Heading, List, LoadingSpinner, Text, Tile } from '@hubspot/ui-extensions';
import { Failed } from './shared/Connected.tsx';
import { useCardApi } from './shared/use-card-api.ts';
import type { Words } from './shared/words.ts';

interface ExplanationProps {
  eventId: string;
  origin: string;
  words: Words;
  onClose: () => void;
}

export function Explanation({ eventId, origin, words, onClose }: ExplanationProps) {
  return (
    <Tile compact>
      <Flex direction="column" gap="sm">
        <Flex direction="row" justify="between" align="center">
          <Heading>{words.say('explanationTitle')}</Heading>
          <Button testId="close-explanation" size="xs" variant="transparent" onClick={onClose}>
            {words.say('close')}
          </Button>
        </Flex>
        <Story eventId={eventId} origin={origin} words={words} />
      </Flex>
    </Tile>
  );
}

function Story({ eventId, origin, words }: Omit<ExplanationProps, 'onClose'>) {
  const story = useCardApi(origin, { id: 'getCardExplanation', path: { event_id: eventId } });
  if (story.fault)
    return <Failed fault={story.fault} words={words} onRetry={story.reload} title={words.say('explanationError')} />;
  if (!story.data) return <LoadingSpinner label={words.say('loading')} showLabel />;
  const { answer, connections, check } = story.data;
  const steps = connections.flatMap((connection) => connection.steps);
  const lines = [...steps.map(({ at, words: text }) => (at ? `${words.moment(at)}: ${text}` : text)), ...check];
  return (
    <>
      <Text format={{ fontWeight: 'bold' }}>{answer}</Text>
      <List variant="ordered">
        {lines.map((line) => (
          <Text key={line}>{line}</Text>
        ))}
      </List>
    </>
  );
}
