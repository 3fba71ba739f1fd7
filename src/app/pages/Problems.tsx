// What needs somebody, the most urgent first, and what is on its way.
import { Alert, Flex, Heading, Text } from '@hubspot/ui-extensions';
import type { CardHome } from './shared/card-api.ts';
import type { Words } from './shared/words.ts';

interface ProblemsProps {
  problems: CardHome['problems'];
  queue: CardHome['queue'];
  now: string;
  words: Words;
}

export function Problems({ problems, queue, now, words }: ProblemsProps) {
  const lines = queueLines(queue, now, words);
  if (problems.length === 0 && lines.length === 0) return null;
  return (
    <Flex direction="column" gap="sm">
      {problems.length > 0 && <Heading>{words.say('problemsTitle')}</Heading>}
      {problems.map(({ code, words: text, next }) => (
        <Alert key={`${code}${text}`} title={text} variant="warning">
          {words.say('next')}: {next}
        </Alert>
      ))}
      {lines.map((line) => (
        <Text key={line}>{line}</Text>
      ))}
    </Flex>
  );
}

function queueLines({ waiting, blocked, oldest_at }: CardHome['queue'], now: string, words: Words): string[] {
  const lines = [
    ...(waiting > 0 ? [words.count('queueWaiting', waiting)] : []),
    ...(blocked > 0 ? [words.count('queueBlocked', blocked)] : []),
  ];
  if (lines.length === 0 || !oldest_at) return lines;
  return [...lines, words.say('queueOldest', { when: words.ago(oldest_at, now) })];
}
