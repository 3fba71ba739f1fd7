// The threshold rules of the connection: on or off, and whether they act, ask or only watch. Each change is saved at once.
import { useState } from 'react';
import {
  Flex,
  Heading,
  Select,
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
  Text,
  Toggle,
} from '@hubspot/ui-extensions';
import type { SectionProps } from './page-host.ts';
import { callCardApi } from './shared/call-card-api.ts';
import type { CardRuleChange, CardSettings } from './shared/card-api.ts';
import { faultText } from './shared/Connected.tsx';
import { ruleSubject, stageName } from './shared/names.ts';

type Rule = CardSettings['rules'][number];
const modes = ['act', 'suggest', 'watch'] as const;

export function RuleSection({ host, settings, mayChange, onSettings }: SectionProps) {
  const { words, origin, notify } = host;
  const [changing, setChanging] = useState<string | null>(null);

  const change = async (rule: Rule, body: CardRuleChange) => {
    setChanging(rule.id);
    const outcome = await callCardApi(origin, { id: 'patchCardRule', path: { rule_id: rule.id }, body });
    setChanging(null);
    if (outcome.ok) onSettings(outcome.data);
    else notify({ type: 'danger', title: words.tell('notSaved'), message: faultText(outcome.fault, words) });
  };

  return (
    <Flex direction="column" gap="sm">
      <Heading>{words.tell('rulesSettingsTitle')}</Heading>
      {settings.rules.length === 0 ? (
        <Text>{words.tell('rulesEmpty')}</Text>
      ) : (
        <Table bordered>
          <TableHead>
            <TableRow>
              <TableHeader>{words.say('rule')}</TableHeader>
              <TableHeader>{words.say('does')}</TableHeader>
              <TableHeader>{words.tell('ruleOn')}</TableHeader>
            </TableRow>
          </TableHead>
          <TableBody>
            {settings.rules.map((rule) => {
              const name = rule.name ?? words.say('aRule');
              const locked = !mayChange || changing !== null;
              return (
                <TableRow key={rule.id}>
                  <TableCell>
                    <Text format={{ fontWeight: 'bold' }}>{name}</Text>
                    <Text variant="microcopy">
                      {words.count('ruleTrigger', rule.need, {
                        what: ruleSubject(rule, words),
                        days: rule.window_days,
                        stage: stageName(rule.target),
                      })}
                    </Text>
                  </TableCell>
                  <TableCell>
                    <Select
                      label={words.tell('ruleModeFor', { rule: name })}
                      name={`mode_${rule.id}`}
                      value={rule.mode}
                      readOnly={locked}
                      options={modes.map((mode) => ({ label: words.say(`mode_${mode}`), value: mode }))}
                      onChange={(value) => {
                        const mode = modes.find((one) => one === value);
                        if (mode && mode !== rule.mode) void change(rule, { mode });
                      }}
                    />
                  </TableCell>
                  <TableCell>
                    <Toggle
                      label={words.tell('ruleSwitchFor', { rule: name })}
                      labelDisplay="hidden"
                      name={`enabled_${rule.id}`}
                      checked={rule.enabled}
                      readOnly={locked}
                      textChecked={words.say('on')}
                      textUnchecked={words.say('off')}
                      onChange={(enabled) => void change(rule, { enabled })}
                    />
                  </TableCell>
                </TableRow>
              );
            })}
          </TableBody>
        </Table>
      )}
    </Flex>
  );
}
