// The rules of the account at a glance. They are changed on the settings page and in the Elido console.
import {
  Flex,
  Heading,
  StatusTag,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
} from '@hubspot/ui-extensions';
import type { CardHome } from './shared/card-api.ts';
import { ruleSubject, stageName } from './shared/names.ts';
import type { Words } from './shared/words.ts';

export function RuleTable({ rules, words }: { rules: CardHome['rules']; words: Words }) {
  if (rules.length === 0) return null;
  return (
    <Flex direction="column" gap="xs">
      <Heading>{words.say('rulesHomeTitle')}</Heading>
      <Table bordered density="condensed">
        <TableHead>
          <TableRow>
            <TableHeader>{words.say('rule')}</TableHeader>
            <TableHeader>{words.say('does')}</TableHeader>
          </TableRow>
        </TableHead>
        <TableBody>
          {rules.map((rule) => (
            <TableRow key={rule.id}>
              <TableCell>
                <Text format={{ fontWeight: 'bold' }}>{rule.name ?? words.say('aRule')}</Text>
                <Text variant="microcopy">
                  {words.count('ruleTrigger', rule.need, {
                    what: ruleSubject(rule, words),
                    days: rule.window_days,
                    stage: stageName(rule.target),
                  })}
                </Text>
              </TableCell>
              <TableCell>
                <StatusTag variant={rule.enabled ? 'success' : 'default'}>
                  {rule.enabled ? words.say(`mode_${rule.mode}`) : words.say('off')}
                </StatusTag>
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Flex>
  );
}
