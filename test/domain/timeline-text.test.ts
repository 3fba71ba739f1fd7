// What HubSpot shows: our words equal the declarations in src/app/app-events, and hold no characters a timeline cannot show.
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import handlebars from 'handlebars';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contactEvent, dealEvent, eventKey, type PlannedEvent } from '../../server/domain/timeline-text.ts';
import { clickEvent, conversionEvent, sampleClick, sampleDelivery } from './samples.ts';

const folder = new URL('../../src/app/app-events/', import.meta.url);
const declarationSchema = z.object({
  uid: z.string(),
  config: z.object({
    objectType: z.enum(['CONTACT', 'DEAL']),
    headerTemplate: z.string(),
    detailTemplate: z.string(),
    properties: z.array(z.object({ name: z.string(), type: z.enum(['string', 'number']) })),
  }),
});
type Declaration = z.infer<typeof declarationSchema>['config'];

const declarations = new Map(
  readdirSync(folder).map((file): [string, Declaration] => {
    const { uid, config } = declarationSchema.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
    return [uid, config];
  }),
);

function declarationOf({ type }: PlannedEvent): Declaration {
  const found = declarations.get(`elido_${type}`);
  if (!found) throw new Error(`src/app/app-events declares no elido_${type}.`);
  return found;
}

const who = { contactId: '501', name: 'Jane Doe' };
const link = { slug: 'q2', title: 'Q2 pricing', shortUrl: 's.example.com/r/q2' };
const full = { source: 'webinar', campaign: 'q2-pricing', medium: 'email' };
const clicks = [sampleDelivery(clickEvent({ utm: full })), sampleDelivery(clickEvent({ country: '', device: '' }))];
const conversions = [
  sampleDelivery(conversionEvent({ utm: full, link })),
  sampleDelivery(conversionEvent({ value: null, currency: '' })),
];
const planned = [...clicks, ...conversions].flatMap((delivery) => [
  contactEvent(delivery, who),
  dealEvent(delivery, who, '701'),
]);

function render(template: string, event: PlannedEvent): string {
  return handlebars.compile(template, { noEscape: true })(event.properties);
}

describe('the declarations of app events', () => {
  it('there is one for each type, for the right record', () => {
    expect([...declarations.keys()].sort()).toEqual([
      'elido_contact_click',
      'elido_contact_conversion',
      'elido_deal_click',
      'elido_deal_conversion',
    ]);
    for (const event of planned) expect(declarationOf(event).objectType).toBe(event.objectType.toUpperCase());
  });

  it('every property we send is declared, and its value is of the declared type', () => {
    for (const event of planned) {
      const types = new Map(declarationOf(event).properties.map(({ name, type }) => [name, type]));
      for (const [name, value] of Object.entries(event.properties)) {
        expect([...types.keys()]).toContain(name);
        const fits = types.get(name) === 'string' || Number.isFinite(Number(value || 'NaN'));
        expect(fits, `${name}: ${value}`).toBe(true);
      }
    }
  });

  it('every declared property is sent, but for a value that the sender did not say', () => {
    for (const event of planned) {
      const missing = declarationOf(event).properties.filter(({ name }) => event.properties[name] === undefined);
      expect(missing.filter(({ name }) => name !== 'value')).toEqual([]);
    }
  });

  it('the templates use only declared properties', () => {
    for (const { headerTemplate, detailTemplate, properties } of declarations.values()) {
      const used = [...`${headerTemplate} ${detailTemplate}`.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]);
      expect(properties.map(({ name }) => name)).toEqual(expect.arrayContaining(used));
    }
  });
});

describe('the headline', () => {
  it('of a click is the documented one, in every dialect', () => {
    for (const event of planned.filter(({ type }) => type.endsWith('click'))) {
      expect(event.title).toBe('Clicked: Q2 pricing PDF (s.example.com/r/q2-pricing)');
      expect(render(declarationOf(event).headerTemplate, event)).toBe(event.title);
    }
  });

  it('of a conversion with a value is the same in every dialect', () => {
    const withValue = planned.filter(({ properties }) => properties['value'] !== undefined);
    expect(withValue).toHaveLength(2);
    for (const event of withValue) {
      expect(event.title).toBe('Converted: Demo booked');
      expect(render(declarationOf(event).headerTemplate, event)).toBe(event.title);
    }
  });

  it('of a conversion without a value names none', () => {
    expect(contactEvent(sampleDelivery(conversionEvent({ value: null })), who).title).toBe('Converted: Demo booked');
    expect(contactEvent(sampleDelivery(conversionEvent({ value: 5, currency: '' })), who).title).toBe(
      'Converted: Demo booked',
    );
  });
});

describe('what is shown', () => {
  const textOf = (changes: Parameters<typeof clickEvent>[0]) => contactEvent(sampleDelivery(clickEvent(changes)), who);

  it.each([
    ['DE', 'Germany'],
    ['GB', 'United Kingdom'],
    ['', '–'],
    ['ZZ', 'Unknown Region'],
    ['XQ', 'XQ'],
    ['T1', 'T1'],
  ])('country %j is shown as %j', (country, shown) => {
    expect(textOf({ country }).properties['country']).toBe(shown);
  });

  it('a deal also says who it was; a contact need not', () => {
    const delivery = sampleDelivery();
    expect(dealEvent(delivery, who, '701').properties).toMatchObject({ contactName: 'Jane Doe', contactId: '501' });
    expect(contactEvent(delivery, who).properties).not.toHaveProperty('contactName');
  });

  it('the rest goes into extraData, cut to a sensible length', () => {
    const { extraData } = textOf({ utm: full, referrer: 'r'.repeat(9_000), userAgent: 'u'.repeat(9_000) });
    expect(extraData).toMatchObject({ clickId: 'clk_1', slug: 'q2-pricing', tags: ['sales-collateral'], utm: full });
    expect([String(extraData['referrer']).length, String(extraData['userAgent']).length]).toEqual([500, 200]);
  });

  it('control characters become one space, emoji stay whole', () => {
    const title = 'Q2\u0000\u0007 🚀\r\n👩‍💻 pricing\u009F';
    const { properties, title: headline } = textOf({ link: { ...sampleClick().link, title } });
    expect(properties['linkTitle']).toBe('Q2  🚀 👩‍💻 pricing');
    expect(headline).toContain('Q2  🚀 👩‍💻 pricing');
  });

  it('no control character gets through, whatever the texts are', () => {
    const anyText = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, campaign, name) => {
        const event = clickEvent({
          link: { ...sampleClick().link, title: text },
          utm: { campaign },
          device: text,
          referrer: text,
          userAgent: text,
        });
        const { title, properties, extraData } = dealEvent(sampleDelivery(event), { contactId: '501', name }, '701');
        const shown = [title, ...Object.values(properties), extraData['referrer'], extraData['userAgent']].join('');
        expect(shown).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});

describe('the write', () => {
  it('has one id per delivery and target, whatever the texts become meanwhile', () => {
    const before = sampleDelivery(clickEvent());
    const after = sampleDelivery(clickEvent({ link: { ...sampleClick().link, title: 'Renamed' }, country: 'FR' }));
    expect(contactEvent(after, { contactId: '777', name: 'Merged' }).id).toBe(contactEvent(before, who).id);
    const ids = [contactEvent(before, who).id, ...['701', '702'].map((deal) => dealEvent(before, who, deal).id)];
    expect(new Set(ids).size).toBe(3);
  });

  it('is named by delivery and target', () => {
    expect(dealEvent(sampleDelivery(), who, '701').key).toBe(eventKey('clk_1@con_1', 'deal:701'));
  });
});
