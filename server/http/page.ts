// The few HTML pages that people meet: a title, sentences, a list, a next step. No script, and every value is escaped.
import { createHash } from 'node:crypto';
import type { Response } from 'express';

export interface Page {
  status: number;
  title: string;
  /** Paragraphs, as plain text. */
  lines: string[];
  /** Term and description, as plain text. */
  facts?: [string, string][];
  link?: { href: string; text: string };
  /** A form with nothing but a button, sent to an address of ours. */
  button?: { action: string; text: string };
  /** Reload after so many seconds. */
  refreshSeconds?: number;
}

const style = `:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
body{max-width:38rem;margin:12vh auto;padding:0 1.25rem}
h1{font-size:1.5rem;line-height:1.25}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.35rem 1.25rem;margin:1.5rem 0}
dt{opacity:.7}dd{margin:0;overflow-wrap:anywhere}
button{font:inherit;font-weight:600;padding:.6rem 1.4rem;border:0;border-radius:.4rem;background:#0b62d6;color:#fff;cursor:pointer}
a{color:#0b62d6}@media(prefers-color-scheme:dark){a{color:#7db4ff}}`;

const styleHash = createHash('sha256').update(style).digest('base64');

const policyWith = (formAction: string) =>
  [
    "default-src 'none'",
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    `form-action ${formAction}`,
    "frame-ancestors 'none'",
  ].join('; ');

export function sendPage(res: Response, page: Page): void {
  res.status(page.status).set({
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policyWith(page.button ? "'self'" : "'none'"),
    'Cache-Control': 'no-store',
    // A form without a referrer would come from the origin "null".
    'Referrer-Policy': page.button ? 'same-origin' : 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'X-Robots-Tag': 'noindex',
  });
  res.send(render(page));
}

function render({ title, lines, facts = [], link, button, refreshSeconds }: Page): string {
  const refresh = refreshSeconds === undefined ? '' : `<meta http-equiv="refresh" content="${refreshSeconds}">`;
  const list = facts.map(([term, text]) => `<dt>${escape(term)}</dt><dd>${escape(text)}</dd>`).join('');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width,initial-scale=1">',
    `${refresh}<title>${escape(title)}</title><style>${style}</style></head><body><main>`,
    `<h1>${escape(title)}</h1>`,
    ...lines.map((line) => `<p>${escape(line)}</p>`),
    list === '' ? '' : `<dl>${list}</dl>`,
    button
      ? `<form method="post" action="${escape(button.action)}"><button>${escape(button.text)}</button></form>`
      : '',
    link ? `<p><a href="${escape(link.href)}">${escape(link.text)}</a></p>` : '',
    '</main></body></html>',
  ].join('');
}

function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
