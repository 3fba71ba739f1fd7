// Field mapping: what is refused and why, and what a touch writes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkFieldMapping,
  clickSources,
  defaultFieldMapping,
  mapMoment,
  mapMoney,
  mapTouch,
  mappingSources,
  utmSources,
  type FieldMappingRow,
  type MappingSource,
  type PropertyFacts,
} from '../../server/domain/field-mapping.ts';
import { sampleConversion } from './samples.ts';

const row = (source: MappingSource, property: string): FieldMappingRow => ({ source, object: 'contact', property });

const portal: PropertyFacts[] = [
  { name: 'campaign_note', type: 'string', readOnly: false },
  { name: 'other_note', type: 'string', readOnly: false },
  { name: 'revenue', type: 'number', readOnly: false },
  { name: 'lifecycle', type: 'enumeration', readOnly: false },
  { name: 'createdate', type: 'datetime', readOnly: true },
  { name: 'hs_object_source', type: 'string', readOnly: true },
  { name: 'hs_analytics_source', type: 'string', readOnly: false },
  { name: 'hs_latest_source', type: 'string', readOnly: false },
  { name: 'original_source_drill_down_1', type: 'string', readOnly: false },
  { name: 'elido_recent_link_clicks', type: 'number', readOnly: false },
];

describe('a row is refused, and says why', () => {
  it.each<[MappingSource, string, RegExp]>([
    ['utm_source', 'hs_object_source', /read-only/],
    ['utm_source', 'createdate', /read-only/],
    ['utm_source', 'hs_analytics_source', /first-touch analytics/],
    ['utm_source', 'hs_analytics_source_data_9', /first-touch analytics/],
    ['utm_source', 'hs_latest_source', /first-touch analytics/],
    ['utm_source', 'original_source_drill_down_1', /first-touch analytics/],
    ['utm_source', 'no_such_property', /no contact property named no_such_property/],
    ['utm_source', 'revenue', /of type number; utm_source needs a property of type string/],
    ['utm_campaign', 'lifecycle', /of type enumeration/],
    ['currency', 'revenue', /of type number; currency needs a property of type string/],
    ['value', 'lifecycle', /value needs a property of type number or string/],
    ['value', 'elido_recent_link_clicks', /click counter/],
  ])('%s to %s', (source, property, reason) => {
    const problems = checkFieldMapping([row('utm_term', 'other_note'), row(source, property)], portal);
    expect(problems).toEqual([{ row: 1, property, reason: expect.stringMatching(reason) as string }]);
  });

  it('a property that is taken by an earlier row, named', () => {
    const rows = [
      row('utm_source', 'campaign_note'),
      row('utm_term', 'other_note'),
      row('utm_medium', 'campaign_note'),
    ];
    expect(checkFieldMapping(rows, portal)).toEqual([
      { row: 2, property: 'campaign_note', reason: 'campaign_note is already filled by row 0.' },
    ]);
  });

  it('every bad row is named at once', () => {
    const rows = [row('utm_source', 'nope'), row('utm_medium', 'campaign_note'), row('utm_term', 'createdate')];
    expect(checkFieldMapping(rows, portal).map((problem) => problem.row)).toEqual([0, 2]);
  });
});

describe('a row is taken', () => {
  it.each<[MappingSource, string]>([
    ['utm_source', 'campaign_note'],
    ['click_id', 'campaign_note'],
    ['value', 'revenue'],
    ['value', 'campaign_note'],
    ['currency', 'campaign_note'],
  ])('%s to %s', (source, property) => {
    expect(checkFieldMapping([row(source, property)], portal)).toEqual([]);
  });

  it('the default mapping, in a portal that has our properties', () => {
    const ours = defaultFieldMapping.map(({ property }) => ({ name: property, type: 'string', readOnly: false }));
    expect(checkFieldMapping(defaultFieldMapping, ours)).toEqual([]);
  });
});

const everything = mappingSources.map((source) => row(source, `p_${source}`));

describe('what is written', () => {
  const touch = { clickId: 'clk_1', at: 1, slug: 'q2', utm: { source: 'mail', campaign: 'spring' } };

  it('a name the touch lacks clears its property: half a touch would lie', () => {
    expect(mapTouch(everything, touch, utmSources)).toEqual({
      p_utm_source: 'mail',
      p_utm_campaign: 'spring',
      p_utm_medium: '',
      p_utm_content: '',
      p_utm_term: '',
    });
  });

  it('click id and slug come from the newest click, and from nothing else', () => {
    expect(mapTouch(everything, touch, clickSources)).toEqual({ p_click_id: 'clk_1', p_link_slug: 'q2' });
  });

  it('every source is written by exactly one of touch, click, money and moment', () => {
    const written = [
      mapTouch(everything, touch, utmSources),
      mapTouch(everything, touch, clickSources),
      mapMoney(everything, sampleConversion()),
      mapMoment(everything, sampleConversion()),
    ].flatMap(Object.keys);
    expect(written.sort()).toEqual(everything.map(({ property }) => property).sort());
  });

  it('money is written as HubSpot reads numbers', () => {
    expect(mapMoney(everything, sampleConversion({ value: 1234.5 }))).toEqual({
      p_value: '1234.5',
      p_currency: 'EUR',
    });
    expect(mapMoney(everything, sampleConversion({ value: 0 }))).toMatchObject({ p_value: '0' });
  });

  it('a conversion without a value leaves value and currency as they are', () => {
    expect(mapMoney(everything, sampleConversion({ value: null }))).toEqual({});
  });

  it('nothing but mapped properties is ever written', () => {
    const anyRows = fc.uniqueArray(fc.constantFrom(...everything), { selector: ({ source }) => source });
    fc.assert(
      fc.property(anyRows, (rows) => {
        const conversion = sampleConversion();
        const written = {
          ...mapTouch(rows, touch, [...utmSources, ...clickSources]),
          ...mapMoney(rows, conversion),
          ...mapMoment(rows, conversion),
        };
        expect(Object.keys(written).sort()).toEqual(rows.map(({ property }) => property).sort());
      }),
    );
  });
});
