import { expect, test } from 'vitest';
import { judgeAgent } from '../../../server/domain/human-verdict/judge-agent.ts';
import { judgeClick } from '../../../server/domain/human-verdict/judge-click.ts';
import { startProcessorClock } from '../../helpers/processor-clock.ts';
import agents from '../../fixtures/user-agents.json' with { type: 'json' };
import { sampleClick } from './sample-click.ts';

interface Row {
  group: string;
  agents: number;
  machine: number;
  unsure: number;
  human: number;
}

function confusion(groups: Record<string, string[]>): Row[] {
  return Object.entries(groups).map(([group, list]) => {
    const words = list.map((userAgent) => judgeClick(sampleClick({ userAgent }), []).verdict);
    const count = (word: string) => words.filter((one) => one === word).length;
    return { group, agents: list.length, machine: count('machine'), unsure: count('unsure'), human: count('human') };
  });
}

const total = (rows: readonly Row[], key: 'agents' | 'machine' | 'unsure' | 'human') =>
  rows.reduce((sum, row) => sum + row[key], 0);

function table(rows: readonly Row[]): string {
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(18) : String(cell).padStart(8))).join('');
  return [
    line(['labelled', 'agents', 'machine', 'unsure', 'human']),
    ...rows.map((row) => line([row.group, row.agents, row.machine, row.unsure, row.human])),
  ].join('\n');
}

const people = confusion(agents.human);
const machines = confusion(agents.machine);

test('at least 98 of 100 machine agents are caught and fewer than 1 of 100 agents for people refused', () => {
  process.stdout.write(`\n${table([...people, ...machines])}\n`);
  expect(total(machines, 'machine') / total(machines, 'agents')).toBeGreaterThanOrEqual(0.98);
  expect((total(people, 'machine') + total(people, 'unsure')) / total(people, 'agents')).toBeLessThan(0.01);
});

test('in-app browsers alone keep the same promise', () => {
  const inApp = people.filter(({ group }) => group === 'inAppBrowsers');
  expect(total(inApp, 'agents')).toBeGreaterThan(40);
  expect(total(inApp, 'machine') + total(inApp, 'unsure')).toBe(0);
});

test.each([
  ['mailScanners', 'agent_mail_scanner'],
  ['imageProxies', 'agent_image_proxy'],
  ['officeProbes', 'agent_office_probe'],
  ['linkPreviews', 'agent_link_preview'],
  ['crawlers', 'agent_crawler'],
  ['libraries', 'agent_library'],
  ['headless', 'agent_headless'],
  ['monitors', 'agent_monitor'],
  ['unnamed', 'agent_bot_like'],
] as const)('%s are told by their own reason %s', (group, code) => {
  const others = agents.machine[group].filter((userAgent) => judgeAgent(userAgent)?.code !== code);
  expect(others).toEqual([]);
});

test('the words name the part of the user agent that gave the program away', () => {
  expect(judgeAgent('Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)')?.words).toContain('("Slackbot")');
});

test('a user agent of 100,000 characters is judged within milliseconds', () => {
  const processorMs = startProcessorClock();
  judgeAgent(`Mozilla/5.0 (${'Windows NT 10.0; MSIE '.repeat(5_000)})`);
  judgeAgent('{'.repeat(100_000));
  expect(processorMs()).toBeLessThan(100);
});
