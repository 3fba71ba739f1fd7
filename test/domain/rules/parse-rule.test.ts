import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRule } from '../../../server/domain/rules/parse-rule.ts';
import { ruleModes, type Rule } from '../../../server/domain/rules/rule.ts';
import { toYaml } from '../../../server/domain/rules/to-yaml.ts';
import { toWritten } from '../../../server/domain/rules/written-rule.ts';
import { startProcessorClock } from '../../helpers/processor-clock.ts';
import { documentedRule, documentedYaml } from './samples.ts';

function problemsOf(text: string, format?: 'yaml' | 'json') {
  const parsed = parseRule(text, format);
  return 'problems' in parsed ? parsed.problems : [];
}

test('the documented rule is accepted as it stands', () => {
  expect(parseRule(documentedYaml)).toEqual({ rule: documentedRule });
});

test('the same rule as JSON, indented with tabs or not, is the same rule', () => {
  const written = toWritten(documentedRule);
  expect(parseRule(JSON.stringify(written), 'json')).toEqual({ rule: documentedRule });
  expect(parseRule(JSON.stringify(written, null, '\t'), 'json')).toEqual({ rule: documentedRule });
});

test('a guard at the top means the same as one under action', () => {
  const [body = '', guard = ''] = documentedYaml.split('  guard:');
  expect(parseRule(`${body}guard:${guard}`)).toEqual({ rule: documentedRule });
});

test('a rule without guard, name, mode and switch acts, is on, and asks for an associated contact', () => {
  const [body = ''] = documentedYaml.split('  guard:');
  expect(parseRule(body)).toEqual({
    rule: { ...documentedRule, guard: { requireAssociatedContact: true, dealAmountMin: null } },
  });
});

test('name, mode and switch can be written', () => {
  expect(parseRule(`name: Proposal read\nmode: suggest\nenabled: false\n${documentedYaml}`)).toEqual({
    rule: { ...documentedRule, name: 'Proposal read', mode: 'suggest', enabled: false },
  });
});

test('ids of digits need no quotes and keep their zeros', () => {
  const text = documentedYaml
    .replace('"default"', '007')
    .replace('"appointmentscheduled"', '1234567')
    .replace('"qualifiedtobuy"', '1e5');
  expect(parseRule(text)).toMatchObject({
    rule: { action: { pipeline: '007', fromStage: '1234567', toStage: '1e5' } },
  });
});

test.each([
  ['90m', 90 * 60_000],
  ['12h', 12 * 3_600_000],
  ['365d', 365 * 86_400_000],
  ['1m', 60_000],
])('a window of %s is %i ms', (written, windowMs) => {
  expect(parseRule(documentedYaml.replace('30d', written))).toMatchObject({ rule: { trigger: { windowMs } } });
});

const mistakes: [string, string, string, { line: number; column: number; path: string; message: string }][] = [
  [
    'a slip in a name',
    'click_threshold',
    'click_treshold',
    {
      line: 4,
      column: 3,
      path: 'trigger.click_treshold',
      message: 'There is no field click_treshold here. Did you mean click_threshold?',
    },
  ],
  [
    'a name in another style',
    'link_tag',
    'linkTag',
    { line: 2, column: 3, path: 'trigger.linkTag', message: 'There is no field linkTag here. Did you mean link_tag?' },
  ],
  [
    'a field of another block',
    '  type:',
    '  mode: act\n  type:',
    { line: 6, column: 3, path: 'action.mode', message: 'There is no field mode here. It belongs at the top.' },
  ],
  [
    'a name nobody knows',
    '  type:',
    '  banana: 1\n  type:',
    {
      line: 6,
      column: 3,
      path: 'action.banana',
      message: 'There is no field banana here. Known here: type, pipeline, from_stage, to_stage, guard.',
    },
  ],
  [
    'a missing field',
    '  pipeline: "default"\n',
    '',
    { line: 5, column: 1, path: 'action.pipeline', message: 'pipeline is missing: it must be text.' },
  ],
  [
    'an empty field',
    '"qualifiedtobuy"',
    '',
    { line: 9, column: 3, path: 'action.to_stage', message: 'to_stage is missing: it must be text.' },
  ],
  [
    'an empty text',
    '"qualifiedtobuy"',
    '""',
    { line: 9, column: 13, path: 'action.to_stage', message: 'to_stage must not be empty.' },
  ],
  [
    'a fraction',
    '50\n',
    '50.5\n',
    { line: 4, column: 20, path: 'trigger.click_threshold', message: 'click_threshold must be a whole number.' },
  ],
  [
    'a number as text',
    '50\n',
    '"50"\n',
    { line: 4, column: 20, path: 'trigger.click_threshold', message: 'click_threshold must be a whole number.' },
  ],
  [
    'zero clicks',
    '50\n',
    '0\n',
    { line: 4, column: 20, path: 'trigger.click_threshold', message: 'click_threshold must be at least 1.' },
  ],
  [
    'too many clicks',
    '50\n',
    '100001\n',
    { line: 4, column: 20, path: 'trigger.click_threshold', message: 'click_threshold must be at most 100000.' },
  ],
  [
    'a window without unit',
    '30d',
    '30',
    {
      line: 3,
      column: 19,
      path: 'trigger.contact_window',
      message: 'contact_window must be a whole number with d, h or m, like 30d.',
    },
  ],
  [
    'a window too long',
    '30d',
    '366d',
    { line: 3, column: 19, path: 'trigger.contact_window', message: 'contact_window must be between 1m and 365d.' },
  ],
  [
    'a window of nothing',
    '30d',
    '0m',
    { line: 3, column: 19, path: 'trigger.contact_window', message: 'contact_window must be between 1m and 365d.' },
  ],
  [
    'another action',
    'advance_deal_stage',
    'delete_deal',
    { line: 6, column: 9, path: 'action.type', message: 'type must be advance_deal_stage, the only action there is.' },
  ],
  [
    'a negative amount',
    '5000',
    '-1',
    { line: 12, column: 22, path: 'action.guard.deal_amount_min', message: 'deal_amount_min must not be negative.' },
  ],
  [
    'an amount without end',
    '5000',
    '.inf',
    { line: 12, column: 22, path: 'action.guard.deal_amount_min', message: 'deal_amount_min must be a number.' },
  ],
  [
    'yes for true',
    ': true',
    ': yes',
    {
      line: 11,
      column: 33,
      path: 'action.guard.require_associated_contact',
      message: 'require_associated_contact must be true or false.',
    },
  ],
  [
    'tag and link',
    '  contact_window',
    '  link: abc123\n  contact_window',
    {
      line: 3,
      column: 3,
      path: 'trigger.link',
      message: 'The trigger names both link_tag and link. Keep one of them.',
    },
  ],
  [
    'neither tag nor link',
    '  link_tag: "sales-collateral"   # all links tagged this way count\n',
    '',
    { line: 1, column: 1, path: 'trigger', message: 'The trigger needs link_tag or link.' },
  ],
  [
    'no move at all',
    '"qualifiedtobuy"',
    '"appointmentscheduled"',
    { line: 9, column: 13, path: 'action.to_stage', message: 'to_stage is the same stage as from_stage.' },
  ],
  [
    'two guards',
    'action:',
    'guard:\n  deal_amount_min: 1\naction:',
    { line: 5, column: 1, path: 'guard', message: 'There are two guards. Keep the one under action, or this one.' },
  ],
  [
    'a block that is a text',
    'trigger:\n',
    'trigger: now\nother:\n',
    { line: 1, column: 10, path: 'trigger', message: 'trigger must be a block of fields.' },
  ],
  [
    'an unknown mode',
    'trigger:',
    'mode: fast\ntrigger:',
    { line: 1, column: 7, path: 'mode', message: 'mode must be one of act, suggest, watch.' },
  ],
];

test.each(mistakes)('%s is named with its line and column', (_, from, to, problem) => {
  const problems = problemsOf(documentedYaml.replace(from, to));
  expect(problems).toContainEqual(problem);
});

test('a slip in a name is one mistake, not also a missing field', () => {
  expect(problemsOf(documentedYaml.replace('click_threshold', 'click_treshold'))).toHaveLength(1);
});

test('all mistakes are told at once, in the order of the text', () => {
  const text = documentedYaml.replace('30d', '30').replace('50\n', '0\n').replace('advance_deal_stage', 'stop');
  expect(problemsOf(text).map(({ line }) => line)).toEqual([3, 4, 6]);
});

test.each([
  ['nothing', '', 1],
  ['a list', '- a\n- b\n', 1],
  ['a word', 'hello', 1],
  ['a broken line', 'trigger:\n  link_tag: "open', 2],
  ['a field twice', documentedYaml.replace('trigger:', 'trigger:\n  click_threshold: 1'), 5],
  ['an alias', `name: &a x\nmode: *a\n${documentedYaml}`, 2],
  ['two documents', `${documentedYaml}---\n${documentedYaml}`, 13],
  ['a tag of a programming language', documentedYaml.replace('50', '!!js/function 50'), 4],
  ['a key that is a list', `? [a]\n: 1\n${documentedYaml}`, 1],
])('%s is refused with its line', (_, text, line) => {
  expect(problemsOf(text)[0]?.line).toBe(line);
});

test.each([
  ['a comma too many', '{\n  "trigger": {},\n}', 3],
  ['an early end', '{\n  "trigger": {', 2],
  ['YAML', documentedYaml, 1],
])('JSON with %s is refused with its line', (_, text, line) => {
  expect(problemsOf(text, 'json')).toMatchObject([{ line, message: 'This is not valid JSON from here on.' }]);
});

test('bombs and towers are refused quickly', () => {
  const processorMs = startProcessorClock();
  expect(problemsOf('['.repeat(15_900))).not.toEqual([]);
  expect(problemsOf('{"a":'.repeat(3_000))).not.toEqual([]);
  expect(problemsOf(`a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]`)[0]?.message).toContain('Aliases');
  expect(problemsOf(' '.repeat(16_001))[0]?.message).toContain('longer than');
  expect(problemsOf('__proto__:\n  x: 1\nconstructor: 1\n').length).toBeGreaterThan(2);
  expect(processorMs()).toBeLessThan(2_000);
});

const id = fc
  .string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text.length > 0 && /^\P{Cc}*$/u.test(text));
const stages = fc.uniqueArray(fc.oneof(id, fc.nat().map(String)), { minLength: 2, maxLength: 2 });

const anyRule: fc.Arbitrary<Rule> = fc
  .record({
    name: fc.option(id),
    mode: fc.constantFrom(...ruleModes),
    enabled: fc.boolean(),
    trigger: fc.record({
      by: fc.constantFrom('link_tag' as const, 'link' as const),
      value: fc.oneof(id, fc.constantFrom('007', 'null', 'true', '1e3', '~', '- a', '#x', '*a', 'a: b')),
      windowMs: fc.integer({ min: 1, max: 365 * 1440 }).map((minutes) => minutes * 60_000),
      threshold: fc.integer({ min: 1, max: 100_000 }),
    }),
    pipeline: id,
    stages,
    guard: fc.record({
      requireAssociatedContact: fc.boolean(),
      dealAmountMin: fc.option(fc.double({ min: 0, max: 1e15, noNaN: true }).map((amount) => amount + 0)),
    }),
  })
  .map(({ pipeline, stages: [fromStage = 'a', toStage = 'b'], ...rest }) => ({
    ...rest,
    action: { type: 'advance_deal_stage', pipeline, fromStage, toStage },
  }));

test('a rule written as YAML and read again is the same rule', () => {
  fc.assert(
    fc.property(anyRule, (rule) => {
      expect(parseRule(toYaml(rule))).toEqual({ rule });
      expect(parseRule(JSON.stringify(toWritten(rule)), 'json')).toEqual({ rule });
    }),
    { numRuns: 500 },
  );
});

test('any text gives a rule or problems with places, and never an exception', () => {
  const broken = fc
    .tuple(fc.nat({ max: documentedYaml.length }), fc.nat({ max: 8 }), fc.string())
    .map(([at, cut, put]) => documentedYaml.slice(0, at) + put + documentedYaml.slice(at + cut));
  fc.assert(
    fc.property(
      fc.oneof(broken, fc.string({ unit: 'binary' }), fc.json()),
      fc.constantFrom('yaml' as const, 'json' as const),
      (text, format) => {
        const parsed = parseRule(text, format);
        if ('rule' in parsed) return;
        expect(parsed.problems.length).toBeGreaterThan(0);
        for (const { line, column, message } of parsed.problems) {
          expect(line).toBeGreaterThan(0);
          expect(column).toBeGreaterThan(0);
          expect(message).not.toBe('');
        }
      },
    ),
    { numRuns: 3_000 },
  );
});
