// The two places where foreign text meets markup: the html tag and the bodies of notes.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../sandbox/pages/html.ts';
import { renderNoteBody } from '../../sandbox/pages/note-body.ts';

/** Takes innermost element pairs away until none is left. */
function withoutPairs(markup: string): string {
  const fewer = markup.replaceAll(/<([a-z]+)[^>]*>[^<]*<\/\1>/g, '');
  return fewer === markup ? markup : withoutPairs(fewer);
}

describe('the html tag', () => {
  it('escapes values in text and in attributes', () => {
    const value = `"><img src=x onerror='alert(1)'>&`;
    expect(html`<p title="${value}">${value}</p>`.text).toBe(
      '<p title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;">' +
        '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;</p>',
    );
  });

  it('keeps nested markup and joins lists', () => {
    const items = ['<a>', html`<b>b</b>`].map((each) => html`<i>${each}</i>`);
    expect(html`<p>${items}</p>`.text).toBe('<p><i>&lt;a&gt;</i><i><b>b</b></i></p>');
  });

  it('leaves nothing for null, undefined and false, and shows zero', () => {
    expect(html`${null}${undefined}${false}${0}`.text).toBe('0');
  });
});

describe('note bodies', () => {
  it.each([
    ['plain text', 'Called & left a message', 'Called &amp; left a message'],
    ['text elements', '<p>One<br/>two <strong>three</strong></p>', '<p>One<br>two <strong>three</strong></p>'],
    ['elements without their attributes', '<p style="color:red" onclick="x()">One</p>', '<p>One</p>'],
    [
      'web links',
      '<a href="https://example.com/?a=1&amp;b=2" target="_blank">Open</a>',
      '<a href="https://example.com/?a=1&amp;b=2" rel="noopener noreferrer nofollow">Open</a>',
    ],
    ['character references', 'Caf&#233; &lt;b&gt; &amp; &unknown;', 'Café &lt;b&gt; &amp; &amp;unknown;'],
    ['unclosed elements, closed', '<ul><li>One', '<ul><li>One</li></ul>'],
    ['crossed elements, straightened', '<b><i>x</b>y</i>', '<b><i>x</i></b>y'],
  ])('show %s', (_name, body, shown) => {
    expect(renderNoteBody(body).text).toBe(shown);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=javascript:alert(1)>x</a>',
    '<svg/onload=alert(1)>',
    '<iframe src="https://example.com">',
  ])('show %s as the text it is', (body) => {
    expect(renderNoteBody(body).text).not.toMatch(/<(script|img|a|svg|iframe)/i);
  });

  it('survive any references, known or not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), (code) => {
        expect(renderNoteBody(`&#${code};`).text).not.toContain('<');
      }),
    );
  });

  it('leave every element closed, whatever arrives', () => {
    const piece = fc.constantFrom(
      '<p>',
      '</p>',
      '<b>',
      '</b>',
      '<a href="https://example.com">',
      '</a>',
      '<li>',
      'x',
      '<',
      '>',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const shown = renderNoteBody(pieces.join('')).text;
        expect(withoutPairs(shown)).not.toMatch(/<\/?[a-z]/);
      }),
    );
  });
});
