// Which rules wait for this deal, and how far each of them is.
import { Flex, Heading, ProgressBar, Text } from '@hubspot/ui-extensions';
import { ruleView } from './rule-view.ts';
import type { CardRuleProgress } from './shared/card-api.ts';
import type { Words } from './shared/words.ts';

export function RuleList({ rules, words }: { rules: readonly CardRuleProgress[]; words: Words }) {
  const views = rules.map((rule) => ruleView(rule, words));
  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.say('rulesTitle')}</Heading>
      {views.length === 0 && <Text variant="microcopy">{words.say('noRules')}</Text>}
      {views.map(({ id, title, progress, have, need, notes, tone }) => (
        <Flex key={id} direction="column" gap="xs">
          <ProgressBar
            title={title}
            aria-label={title}
            value={have}
            maxValue={need}
            valueDescription={progress}
            variant={tone}
          />
          {notes.map((note) => (
            <Text key={note} variant="microcopy">
              {note}
            </Text>
          ))}
        </Flex>
      ))}
    </Flex>
  );
}
