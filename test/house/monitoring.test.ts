// The dashboard and the alerts in docs/monitoring ask only for metrics that the server has.
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeMetrics } from '../../server/lib/metrics.ts';

const read = (name: string) => readFile(new URL(`../../docs/monitoring/${name}`, import.meta.url), 'utf8');
const dashboardSchema = z.object({
  panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
});
const alertsSchema = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          expr: z.string(),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        }),
      ),
    }),
  ),
});

/** The names in an expression: what is no function, keyword or label. */
function metricsIn(expression: string): string[] {
  const bare = expression.replaceAll(/\{[^}]*\}|\[[^\]]*\]|\bby \([^)]*\)/g, '');
  const words = [...bare.matchAll(/\b[a-z][a-z0-9_]*\b(?!\s*\()/g)].map(([word]) => word);
  return words.filter((word) => !['by', 'and', 'or', 'unless', 'sum', 'max', 'min', 'avg'].includes(word));
}

async function known(): Promise<Set<string>> {
  const { registry } = makeMetrics({ withProcess: true });
  const names = (await registry.getMetricsAsJSON()).flatMap(({ name, type }) =>
    String(type) === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  );
  return new Set(names);
}

it('every metric of the dashboard exists, and every panel asks for one', async () => {
  const names = await known();
  const { panels } = dashboardSchema.parse(JSON.parse(await read('grafana.json')));
  for (const { title, targets } of panels) {
    const asked = targets.flatMap(({ expr }) => metricsIn(expr));
    expect(asked.length, `the panel ${title}`).toBeGreaterThan(0);
    expect(
      asked.filter((name) => !names.has(name)),
      `the panel ${title}`,
    ).toEqual([]);
  }
});

it('every metric of the alerts exists, and every alert says what to do', async () => {
  const names = await known();
  const rules = alertsSchema.parse(parse(await read('alerts.yml'))).groups.flatMap((group) => group.rules);
  expect(rules.length).toBeGreaterThan(5);
  for (const { alert, expr } of rules) {
    const asked = metricsIn(expr);
    expect(asked.length, `the alert ${alert}`).toBeGreaterThan(0);
    expect(
      asked.filter((name) => !names.has(name)),
      `the alert ${alert}`,
    ).toEqual([]);
  }
});

it('the metric that the documents name is there with both results', async () => {
  const { hubspotRefreshAttempts, registry } = makeMetrics();
  for (const result of ['ok', 'error']) hubspotRefreshAttempts.inc({ result });
  const text = await registry.metrics();
  expect(text).toContain('hubspot_refresh_attempts_total{result="ok"} 1');
  expect(text).toContain('hubspot_refresh_attempts_total{result="error"} 1');
});
