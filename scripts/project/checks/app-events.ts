// Event types, waiting (`.pending`) or not: well formed, templates that use their own properties, and exactly those that the server writes.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createAjvInstance } from '@hubspot/project-parsing-lib/validation';
import { z } from 'zod';
import { hsmetaSchemas } from '../hsmeta-schemas.ts';
import type { Problem, Project } from '../read-project.ts';

/** CONTRIBUTING.md promises that these never change. */
const promised = ['elido_contact_click', 'elido_contact_conversion', 'elido_deal_click', 'elido_deal_conversion'];

const eventSchema = z.object({
  uid: z.string(),
  type: z.literal('app-event'),
  config: z.looseObject({
    headerTemplate: z.string().default(''),
    detailTemplate: z.string().default(''),
    properties: z.array(z.looseObject({ name: z.string() })).default([]),
  }),
});

export function checkAppEvents({ source }: Project): Problem[] {
  const folder = path.join(source, 'app/app-events');
  const files = readdirSync(folder).filter((name) => /-hsmeta\.json(\.pending)?$/.test(name));
  const seen: string[] = [];
  const problems = files.flatMap((name) => {
    const report = (message: string): Problem => ({ check: 'app-events', file: `src/app/app-events/${name}`, message });
    const parsed = parseEvent(readFileSync(path.join(folder, name), 'utf8'));
    if (typeof parsed === 'string') return [report(parsed)];
    seen.push(parsed.uid);
    const { properties, headerTemplate, detailTemplate } = parsed.config;
    const names = ['timestamp', ...properties.map((property) => property.name)];
    const used = [...`${headerTemplate}${detailTemplate}`.matchAll(/\{\{#?(?:formatDate )?(\w+)\}\}/g)].map(
      ([, one]) => one ?? '',
    );
    return used
      .filter((one) => !names.includes(one))
      .map((one) => report(`The template uses {{${one}}}, which is not a property.`));
  });
  const doubled = promised.filter((uid) => seen.filter((one) => one === uid).length > 1);
  const missing = promised.filter((uid) => !seen.includes(uid));
  return [
    ...problems,
    ...[...new Set(doubled)].map((uid) => ({
      check: 'app-events',
      file: 'src/app/app-events',
      message: `${uid} is there twice, pending and not.`,
    })),
    ...missing.map((uid) => ({
      check: 'app-events',
      file: 'src/app/app-events',
      message: `${uid}, which the server writes, is missing.`,
    })),
  ];
}

function parseEvent(text: string): z.infer<typeof eventSchema> | string {
  try {
    const event = eventSchema.parse(JSON.parse(text));
    const validate = createAjvInstance().compile(hsmetaSchemas.APP_EVENT);
    if (validate(event.config)) return event;
    const [first] = validate.errors ?? [];
    return `config${first?.instancePath ?? ''} ${first?.message ?? 'is not valid'}`;
  } catch (error) {
    return error instanceof z.ZodError ? z.prettifyError(error) : `This is not JSON: ${String(error)}`;
  }
}
