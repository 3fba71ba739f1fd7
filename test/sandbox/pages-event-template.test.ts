// Timeline templates: what HubSpot's Handlebars subset shows, and that values never become markup.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTemplateRenderer, type TemplateContext } from '../../sandbox/pages/event-template.ts';

const render = createTemplateRenderer();
const line = (template: string, context: TemplateContext): string => render({ template, context, layout: 'line' }).text;
const block = (template: string, context: TemplateContext): string =>
  render({ template, context, layout: 'block' }).text;

describe('templates', () => {
  it.each([
    ['a property', 'Clicked: {{title}}', { title: 'Pricing PDF' }, 'Clicked: Pricing PDF'],
    ['a number', '{{value}} {{currency}}', { value: 49.5, currency: 'EUR' }, '49.5 EUR'],
    ['a missing property as nothing', 'From {{country}}.', {}, 'From .'],
    ['emoji and accents', '{{title}}', { title: 'Été 🎉' }, 'Été 🎉'],
    [
      'a date from ISO text',
      '{{#formatDate t}}{{/formatDate}}',
      { t: '2026-11-20T12:05:00Z' },
      '20 Nov 2026, 12:05 UTC',
    ],
    [
      'a date from milliseconds',
      '{{#formatDate t}}{{/formatDate}}',
      { t: 1_795_176_300_000 },
      '20 Nov 2026, 12:05 UTC',
    ],
    [
      'a date from milliseconds in text',
      '{{#formatDate t}}{{/formatDate}}',
      { t: '1795176300000' },
      '20 Nov 2026, 12:05 UTC',
    ],
    ['an unreadable date as it came', '{{#formatDate t}}{{/formatDate}}', { t: 'soon <b>' }, 'soon &lt;b&gt;'],
    ['a nested value', '{{extraData.utm.source}}', { extraData: { utm: { source: 'mail' } } }, 'mail'],
  ])('show %s', (_name, template, context, expected) => {
    expect(line(template, context)).toBe(expected);
  });

  it('repeat a block for each row of extraData', () => {
    const template = '{{#each extraData.questions}}* {{question}}: {{answer}}\n{{/each}}';
    const context = {
      extraData: {
        questions: [
          { question: 'Price?', answer: 'Yes' },
          { question: 'Size?', answer: '3' },
        ],
      },
    };
    expect(block(template, context).replaceAll('\n', '')).toBe('<ul><li>Price?: Yes</li><li>Size?: 3</li></ul>');
  });

  it('link to http and https addresses in a new window', () => {
    expect(line('[{{name}}]({{url}})', { name: 'Docs', url: 'https://example.com/a(b)?c=d&e=f' })).toBe(
      '<a href="https://example.com/a(b)?c=d&amp;e=f" rel="noopener noreferrer nofollow">Docs</a>',
    );
  });

  it('leave a link without an address as plain text', () => {
    expect(line('[{{name}}]({{url}})', { name: 'Docs', url: '' })).toBe('<a>Docs</a>');
  });

  it('keep line breaks of the detail template', () => {
    expect(block('Link: {{a}}\nCountry: {{b}}', { a: '1', b: '2' })).toBe('<p>Link: 1<br>\nCountry: 2</p>\n');
  });

  it('say what is wrong when they cannot be rendered', () => {
    expect(line('{{#nosuch x}}{{/nosuch}}', {})).toContain('This template cannot be rendered');
    expect(line('{{#each', {})).toContain('This template cannot be rendered');
  });
});

describe('values', () => {
  it.each([
    ['script elements', '<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['attributes', '" onmouseover="alert(1)', '&quot; onmouseover=&quot;alert(1)'],
    ['Markdown links', '[x](https://evil.example)', '[x](https://evil.example)'],
    ['emphasis', '**bold**', '**bold**'],
    ['templates', '{{extraData.secret}}', '{{extraData.secret}}'],
    ['character references', '&lt;b&gt; &#60;', '&amp;lt;b&amp;gt; &amp;#60;'],
  ])('cannot bring %s', (_name, value, shown) => {
    expect(line('{{title}}', { title: value })).toBe(shown);
    expect(line('{{{title}}}', { title: value })).toBe(shown);
    expect(line('{{#each list}}{{this}}{{/each}}', { list: [value] })).toBe(shown);
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    '/sandbox',
  ])('do not make a link of %s', (url) => {
    expect(line('[go]({{url}})', { url })).not.toContain('<a');
  });

  it('of any kind produce no element but the ones the template asks for', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, text, text, (title, url, campaign) => {
        const shown = block('T {{title}} [go]({{url}})\nC {{campaign}}', { title, url, campaign });
        const elements = [...shown.matchAll(/<\/?([a-z]+)/gi)].map((match) => match[1]);
        expect(elements.filter((name) => !['p', 'br', 'a'].includes(name ?? ''))).toEqual([]);
        expect(shown).not.toMatch(/href="(?!https?:|mailto:)/i);
      }),
    );
  });
});
