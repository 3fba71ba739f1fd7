// Renders the header and detail templates of timeline events: a Handlebars subset with Markdown links and lists.
// Values are encoded before they enter the template, so only the template's author can write markup or Markdown.
import Handlebars from 'handlebars';
import MarkdownIt from 'markdown-it';
import { formatDateTime } from './format.ts';
import { escapeHtml, trustedHtml, type Html } from './html.ts';

/** What a template can read: the event's properties (or tokens) by name, plus `extraData` and `timestamp`. */
export type TemplateContext = Readonly<Record<string, unknown>>;

export type RenderTemplate = (input: { template: string; context: TemplateContext; layout: 'line' | 'block' }) => Html;

/** Compiled templates are kept per renderer: a timeline shows the same few templates many times. */
export function createTemplateRenderer(): RenderTemplate {
  const compiled = new Map<string, Handlebars.TemplateDelegate>();
  const handlebars = Handlebars.create();
  handlebars.registerHelper('formatDate', (value: unknown) => new Handlebars.SafeString(shownDate(value)));
  const markdown = createMarkdown();

  function fill(template: string, context: TemplateContext): string {
    const known =
      compiled.get(template) ??
      handlebars.compile(template, { knownHelpersOnly: true, knownHelpers: { formatDate: true } });
    compiled.set(template, known);
    return known(encodeValues(context));
  }

  return ({ template, context, layout }) => {
    try {
      const text = fill(template, context);
      return trustedHtml(layout === 'line' ? markdown.renderInline(text) : markdown.render(text));
    } catch (error) {
      // HubSpot checks templates when they are saved; here a broken one is shown with the reason instead of a blank row.
      const reason = error instanceof Error ? error.message : String(error);
      return trustedHtml(`<span class="broken">${escapeHtml(`This template cannot be rendered: ${reason}`)}</span>`);
    }
  };
}

function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt('zero', { html: false, linkify: false, breaks: true });
  markdown.enable(['link', 'list', 'newline', 'entity', 'emphasis']);
  markdown.validateLink = (url) => /^(https?:|mailto:)/i.test(url.trim());
  markdown.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
    // `[text]()`: an empty value is not put to validateLink, and must not link to the page itself.
    if (!tokens[index]?.attrGet('href')) return '<a>';
    tokens[index]?.attrSet('rel', 'noopener noreferrer nofollow');
    return self.renderToken(tokens, index, options);
  };
  return markdown;
}

/** Every string inside becomes character references: inert for HTML and for Markdown, readable after rendering. */
function encodeValues(value: unknown): unknown {
  if (typeof value === 'string') return new Handlebars.SafeString(encode(value));
  if (Array.isArray(value)) return value.map(encodeValues);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, encodeValues(each)]));
  }
  return value;
}

// U+0000 and lone surrogates have no character reference.
function encode(text: string): string {
  return text
    .replaceAll(/[\0\p{Surrogate}]/gu, '\uFFFD')
    .replaceAll(/[^\p{L}\p{N}]/gu, (char) => `&#${char.codePointAt(0)};`);
}

function decode(text: string): string {
  return text.replaceAll(/&#(\d+);/g, (_reference, code: string) => String.fromCodePoint(Number(code)));
}

function shownDate(value: unknown): string {
  if (typeof value === 'number') return encode(formatDateTime(value));
  if (!(value instanceof Handlebars.SafeString)) return '';
  const text = decode(value.toString());
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  return encode(Number.isNaN(time) ? text : formatDateTime(time));
}
