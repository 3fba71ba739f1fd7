// An HTML template tag that escapes every value unless it is already Html. Nothing else in pages/ may build markup
// from strings, so a value somebody typed can never become an element or an attribute.

declare const made: unique symbol;

/** Markup made by this file's tag, or by a renderer that escapes on its own. */
export type Html = { readonly text: string; readonly [made]?: never };

type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** `html` escapes its values; arrays are joined; null, undefined and false leave nothing. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { text: strings.map((part, index) => part + toText(values[index])).join('') };
}

/** Vouches for markup that another renderer has escaped. */
export function trustedHtml(text: string): Html {
  return { text };
}

function toText(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (isList(value)) return value.map(toText).join('');
  return value.text;
}

function isList(value: Html | readonly HtmlValue[]): value is readonly HtmlValue[] {
  return Array.isArray(value);
}
