// The app event types of the project: inside HubSpot's limits, and every template speaks only of what it declares.
// The files end in `.pending`, so an upload leaves them out until HubSpot has approved the app for app events.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const folder = join(import.meta.dirname, '../../src/app/app-events');
const suffix = '-hsmeta.json.pending';

/** The limits HubSpot documents for an app event type. Unknown keys are refused: HubSpot refuses them too. */
const eventTypeSchema = z.strictObject({
  uid: z.string().regex(/^[\w.-]{1,64}$/),
  type: z.literal('app-event'),
  config: z.strictObject({
    name: z.string().min(1).max(50),
    objectType: z.enum(['CONTACT', 'DEAL']),
    headerTemplate: z.string().min(1).max(1000),
    detailTemplate: z.string().min(1).max(10_000),
    properties: z
      .array(
        z.strictObject({
          name: z.string().regex(/^[A-Za-z]\w*$/),
          label: z.string().min(1),
          type: z.enum(['string', 'number', 'enumeration', 'date', 'datetime']),
        }),
      )
      .min(1)
      .max(500),
  }),
});

const files = readdirSync(folder).filter((name) => name.endsWith(suffix));
const eventTypes = files.map((file) => ({
  file,
  ...eventTypeSchema.parse(JSON.parse(readFileSync(join(folder, file), 'utf8'))),
}));

/** Every name a template reads: `{{name}}` and `{{#formatDate name}}`. */
function namesRead(template: string): string[] {
  return [...template.matchAll(/\{\{(?:#\w+\s+)?([\w.]+)\}\}/g)].map((match) => match[1] ?? '');
}

describe('app event types', () => {
  it('are the four of the product, each on its own record type', () => {
    expect(Object.fromEntries(eventTypes.map((each) => [each.uid, each.config.objectType]))).toEqual({
      elido_contact_click: 'CONTACT',
      elido_contact_conversion: 'CONTACT',
      elido_deal_click: 'DEAL',
      elido_deal_conversion: 'DEAL',
    });
  });

  it('have one name each, so that the timeline filter can tell them apart', () => {
    expect(new Set(eventTypes.map((each) => each.config.name)).size).toBe(eventTypes.length);
  });

  it('are all kept out of an upload', () => {
    expect(readdirSync(folder).filter((name) => name.endsWith('-hsmeta.json'))).toEqual([]);
  });

  describe.each(eventTypes)('$file', ({ config, file, uid }) => {
    const declared = config.properties.map((property) => property.name);

    it('is named after its uid', () => {
      expect(file).toBe(`${uid.replaceAll('_', '-')}${suffix}`);
    });

    it('declares each property once', () => {
      expect(declared).toEqual([...new Set(declared)]);
    });

    it('reads only declared properties, extraData and the timestamp', () => {
      const read = [...namesRead(config.headerTemplate), ...namesRead(config.detailTemplate)];
      const roots = new Set(read.map((name) => name.split('.')[0] ?? ''));
      expect([...roots].filter((name) => ![...declared, 'extraData', 'timestamp'].includes(name))).toEqual([]);
    });

    it('shows every property it asks for', () => {
      const read = namesRead(config.headerTemplate + config.detailTemplate);
      expect(declared.filter((name) => !read.includes(name))).toEqual([]);
    });
  });

  it.each(['elido_contact_click', 'elido_deal_click'])('%s is titled by link and short link', (uid) => {
    const eventType = eventTypes.find((each) => each.uid === uid);
    expect(eventType?.config.headerTemplate).toBe('Clicked: {{linkTitle}} ({{shortUrl}})');
  });
});
