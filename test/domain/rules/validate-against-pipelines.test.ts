import { expect, test } from 'vitest';
import type { RuleAction } from '../../../server/domain/rules/rule.ts';
import { validateAgainstPipelines } from '../../../server/domain/rules/validate-against-pipelines.ts';
import { documentedRule, documentedYaml } from './samples.ts';

const stage = (id: string, label: string, displayOrder: number, probability = 0.5) => ({
  id,
  label,
  displayOrder,
  isClosed: probability === 0 || probability === 1,
  probability,
});

const pipelines = [
  {
    id: 'default',
    label: 'Sales Pipeline',
    stages: [
      stage('appointmentscheduled', 'Appointment Scheduled', 0, 0.2),
      stage('qualifiedtobuy', 'Qualified To Buy', 1, 0.4),
      stage('closedwon', 'Closed Won', 5, 1),
      stage('closedlost', 'Closed Lost', 6, 0),
    ],
  },
  { id: '77', label: 'Renewals', stages: [stage('renewal_due', 'Due', 0)] },
];

const messages = (action: Partial<RuleAction>) =>
  validateAgainstPipelines({
    rule: { ...documentedRule, action: { ...documentedRule.action, ...action } },
    pipelines,
  }).map(({ path, message }) => `${path}: ${message}`);

test('the documented rule fits the default pipeline', () => {
  expect(validateAgainstPipelines({ rule: documentedRule, pipelines, text: documentedYaml })).toEqual([]);
});

test.each<[string, Partial<RuleAction>, string]>([
  [
    'an unknown pipeline',
    { pipeline: 'defualt' },
    'action.pipeline: HubSpot has no pipeline with the id "defualt". Did you mean "default"?',
  ],
  [
    'a pipeline by its label',
    { pipeline: 'sales pipeline' },
    'action.pipeline: HubSpot has no pipeline with the id "sales pipeline". The pipeline called "Sales Pipeline" has the id "default".',
  ],
  [
    'an unknown stage',
    { toStage: 'banana' },
    'action.to_stage: HubSpot has no stage with the id "banana". There are: appointmentscheduled, qualifiedtobuy, closedwon, closedlost.',
  ],
  [
    'a stage by its label',
    { toStage: 'Qualified To Buy' },
    'action.to_stage: HubSpot has no stage with the id "Qualified To Buy". The stage called "Qualified To Buy" has the id "qualifiedtobuy".',
  ],
  [
    'a stage of another pipeline',
    { fromStage: 'renewal_due' },
    'action.from_stage: The stage "renewal_due" belongs to the pipeline "77", not to "default".',
  ],
  ['no move', { toStage: 'appointmentscheduled' }, 'action.to_stage: to_stage is the same stage as from_stage.'],
  [
    'a demotion',
    { fromStage: 'qualifiedtobuy', toStage: 'appointmentscheduled' },
    'action.to_stage: "Appointment Scheduled" comes before "Qualified To Buy" in the pipeline: a rule never moves a deal back.',
  ],
  [
    'losing a deal',
    { toStage: 'closedlost' },
    'action.to_stage: "Closed Lost" means the deal is lost: clicks are no reason to lose a deal.',
  ],
  [
    'opening a won deal',
    { fromStage: 'closedwon', toStage: 'closedlost' },
    'action.from_stage: "Closed Won" is a closed stage: a rule does not open a deal again.',
  ],
])('%s is refused in words', (_, action, message) => {
  expect(messages(action)).toEqual([message]);
});

test('both stages can be wrong at once', () => {
  expect(messages({ fromStage: 'x1', toStage: 'x2' })).toHaveLength(2);
});

test('with the text, a problem has its line and column; without it, none', () => {
  const text = documentedYaml.replace('"qualifiedtobuy"', '"closedlost"');
  const rule = { ...documentedRule, action: { ...documentedRule.action, toStage: 'closedlost' } };
  expect(validateAgainstPipelines({ rule, pipelines, text })).toMatchObject([{ line: 9, column: 13 }]);
  expect(validateAgainstPipelines({ rule, pipelines })).toMatchObject([{ line: null, column: null }]);
});
