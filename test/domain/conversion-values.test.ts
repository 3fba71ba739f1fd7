// The pure rules of conversions: amounts, ids, stages, origins, and what fits into a property of which type.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversionIdOf } from '../../server/domain/conversion-id.ts';
import { chooseStage } from '../../server/domain/conversion-stage.ts';
import type { PropertyFacts } from '../../server/domain/field-mapping.ts';
import { amountProblem, isCurrency } from '../../server/domain/money.ts';
import { parseOrigin } from '../../server/domain/origin.ts';
import { fitValues } from '../../server/domain/property-values.ts';

describe('an amount', () => {
  it('that its currency can show is always taken, however it was computed to cents', () => {
    const anyCents = fc.integer({ min: 0, max: 99_999_999_999_999 });
    fc.assert(fc.property(anyCents, (cents) => amountProblem(cents / 100, 'EUR') === null));
  });

  it('with a fraction of the smallest coin is never taken', () => {
    const anyAmount = fc.integer({ min: 0, max: 1_000_000_000 });
    fc.assert(fc.property(anyAmount, (whole) => amountProblem(whole + 0.5, 'JPY') !== null));
    fc.assert(fc.property(anyAmount, (whole) => amountProblem(whole / 100 + 0.001, 'USD') !== null));
  });

  it.each([
    ['HUF', 2],
    ['COP', 2],
    ['IQD', 3],
    ['JPY', 0],
    ['KWD', 3],
    ['CLF', 4],
    ['EUR', 2],
  ])('in %s has the %i decimals of ISO 4217, not those of its cash', (currency, decimals) => {
    const smallest = 1 / 10 ** decimals;
    expect(amountProblem(7 + smallest, currency)).toBeNull();
    expect(amountProblem(7 + smallest / 2, currency)).not.toBeNull();
  });

  it('has a currency of ISO 4217', () => {
    expect(['EUR', 'USD', 'JPY', 'KWD'].every(isCurrency)).toBe(true);
    expect(['eur', 'EURO', 'XYZ', '', '__proto__'].some(isCurrency)).toBe(false);
  });
});

describe('the id of a conversion', () => {
  const told = { workspaceId: 'ws_1', via: 'api' as const, conversionId: undefined, clickId: 'clk_1', name: 'Demo' };

  it('is the one the sender chose, and a browser cannot choose that of a server', () => {
    expect(conversionIdOf({ ...told, conversionId: 'order-1' })).toBe('order-1');
    expect(conversionIdOf({ ...told, conversionId: 'order-1', via: 'browser' })).toBe('web~order-1');
  });

  it.each([
    ['workspace', { workspaceId: 'ws_2' }],
    ['click', { clickId: 'clk_2' }],
    ['name', { name: 'Trial' }],
    ['way in', { via: 'browser' as const }],
  ])('otherwise it is another one for another %s', (_what, change) => {
    expect(conversionIdOf(told)).toBe(conversionIdOf({ ...told }));
    expect(conversionIdOf({ ...told, ...change })).not.toBe(conversionIdOf(told));
  });

  it('is nobody’s guess without a click', () => {
    expect(conversionIdOf({ ...told, clickId: null })).toBeNull();
  });
});

describe('a stage', () => {
  const stage = (id: string, label: string) => ({
    id,
    label,
    displayOrder: 0,
    isClosed: false,
    probability: null,
  });
  const boards = [
    { id: 'default', label: 'Sales Pipeline', stages: [stage('s1', 'New'), stage('s2', 'Demo held')] },
    { id: 's1', label: 'default', stages: [stage('x1', 'Start')] },
  ];

  it('is found by id before label', () => {
    expect(chooseStage(boards, { pipeline: 'default', stage: 'demo HELD' })).toEqual({
      ok: true,
      choice: { pipeline: 'default', stage: 's2' },
    });
    expect(chooseStage(boards, { pipeline: 's1', stage: 'x1' })).toMatchObject({ choice: { pipeline: 's1' } });
  });

  it('of another pipeline is refused with those there are', () => {
    expect(chooseStage(boards, { pipeline: 'default', stage: 'x1' })).toMatchObject({
      ok: false,
      field: 'stage',
      available: ['s1', 's2'],
    });
    expect(chooseStage([], { pipeline: 'default', stage: 'x1' })).toMatchObject({ ok: false, field: 'pipeline' });
  });
});

describe('an origin', () => {
  it.each([
    ['https://shop.example.com', 'https://shop.example.com'],
    ['https://Shop.Example.com/', 'https://shop.example.com'],
    ['https://shop.example.com:443', 'https://shop.example.com'],
    ['https://shop.example.com:8443', 'https://shop.example.com:8443'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['http://shop.example.com', null],
    ['https://shop.example.com/page', null],
    ['https://user@shop.example.com', null],
    ['https://*.example.com', null],
    ['*', null],
    ['null', null],
    ['', null],
  ])('%j is %j', (text, origin) => {
    expect(parseOrigin(text)).toBe(origin);
  });

  it('is read the same a second time', () => {
    fc.assert(
      fc.property(fc.webUrl(), (url) => {
        const origin = parseOrigin(url);
        expect(origin === null ? null : parseOrigin(origin)).toBe(origin);
      }),
    );
  });
});

const option = (value: string, label: string) => ({ value, label });
const properties = new Map<string, PropertyFacts>(
  [
    { name: 'text', type: 'string', readOnly: false },
    { name: 'number', type: 'number', readOnly: false },
    { name: 'day', type: 'date', readOnly: false },
    { name: 'moment', type: 'datetime', readOnly: false },
    {
      name: 'choice',
      type: 'enumeration',
      readOnly: false,
      options: [option('WEB', 'Website'), option('mail', 'E-Mail')],
    },
    { name: 'fixed', type: 'string', readOnly: true },
    { name: 'flag', type: 'bool', readOnly: false },
  ].map((facts) => [facts.name, facts]),
);

describe('a value fits', () => {
  it.each([
    ['text', 'anything', 'anything'],
    ['number', '99.9', '99.9'],
    ['day', '2026-11-21T23:59:59.000Z', '2026-11-21'],
    ['moment', '2026-11-21T23:59:59.000Z', '2026-11-21T23:59:59.000Z'],
    ['choice', 'WEB', 'WEB'],
    ['choice', 'web', 'WEB'],
    ['choice', 'website', 'WEB'],
    ['choice', 'e-mail', 'mail'],
    ['choice', '', ''],
    ['number', '', ''],
  ])('%s takes %j as %j', (name, value, stored) => {
    expect(fitValues({ [name]: value }, properties)).toEqual({ properties: { [name]: stored }, notes: [] });
  });

  it.each([
    ['number', 'webinar', /not a number/],
    ['number', 'Infinity', /not a number/],
    ['day', 'webinar', /not a date/],
    ['moment', '2026', /not a time/],
    ['choice', 'billboard', /none of its options/],
    ['fixed', 'anything', /read-only/],
    ['flag', 'true', /of type bool/],
    ['gone', 'anything', /no longer has/],
  ])('%s does not take %j, and says why without repeating it', (name, value, why) => {
    const fitted = fitValues({ [name]: value, text: 'stays' }, properties);
    expect(fitted).toEqual({ properties: { text: 'stays' }, notes: [expect.stringMatching(why)] });
    expect(fitted.notes.join('')).not.toContain('billboard');
  });

  it('as an amount of any size, written without an exponent and read back as it was', () => {
    const anyAmount = fc.integer({ min: 0, max: 99_999_999_999_999 }).map((cents) => cents / 100);
    fc.assert(
      fc.property(anyAmount, (amount) => {
        const stored = fitValues({ number: String(amount) }, properties).properties['number'] ?? '';
        expect(stored).toMatch(/^\d+(\.\d{1,2})?$/);
        expect(Number(stored)).toBe(amount);
      }),
    );
  });

  it('as the day in UTC, whatever the zone it was told in', () => {
    const anyMoment = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(anyMoment, (moment) => {
        const stored = fitValues({ day: moment.toISOString() }, properties).properties['day'];
        expect(Date.parse(stored ?? '')).toBe(Math.floor(moment.getTime() / 86_400_000) * 86_400_000);
      }),
    );
  });

  it('as an option of the property and nothing else, and the option itself fits as it is', () => {
    const anyText = fc.oneof(fc.string(), fc.constantFrom('WEB', 'web', 'wEbSiTe', 'E-MAIL', 'Mail', '__proto__'));
    fc.assert(
      fc.property(anyText, (text) => {
        const stored = fitValues({ choice: text }, properties).properties['choice'];
        if (stored === undefined) return;
        expect(text === '' ? [''] : ['WEB', 'mail']).toContain(stored);
        expect(fitValues({ choice: stored }, properties).properties['choice']).toBe(stored);
      }),
    );
  });

  it('or is noted: none is lost without a word', () => {
    const anyValues = fc.dictionary(fc.constantFrom(...properties.keys(), 'gone'), fc.string());
    fc.assert(
      fc.property(anyValues, (values) => {
        const fitted = fitValues(values, properties);
        expect(Object.keys(fitted.properties).length + fitted.notes.length).toBe(Object.keys(values).length);
      }),
    );
  });
});
