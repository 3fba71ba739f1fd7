// The frame of every sandbox page: head, banner, breadcrumbs, content policy. It knows nothing of portals or records.
import { html, type Html } from './html.ts';

export const stylesheetPath = '/sandbox/style.css';

const basePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'";

type Crumb = { label: string; href?: string };

export type PageFrame = {
  title: string;
  crumbs?: readonly Crumb[];
  /** Says which grid the stylesheet lays the content out in. */
  kind: 'list' | 'record' | 'narrow';
  /** A form whose answer may lead anywhere. Browsers hold redirects after a form to `form-action`, so it stays open. */
  form?: true;
  body: Html;
};

/** The whole document. The policy stands in the page itself, so that it holds however the page is served. */
export function renderPage({ title, crumbs = [], kind, form, body }: PageFrame): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${form ? basePolicy : `${basePolicy}; form-action 'none'`}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <title>${title} · Elido sandbox</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <p class="banner"><strong>Elido sandbox: not HubSpot.</strong> A practice account for development and tests.</p>
        <nav class="crumbs" aria-label="Breadcrumb">
          <ol>
            ${[{ label: 'Portals', href: '/' }, ...crumbs].map(crumbItem)}
          </ol>
        </nav>
        <main id="main" class="${kind}">${body}</main>
      </body>
    </html>`.text;
}

/** The last crumb is the page itself. */
function crumbItem({ label, href }: Crumb, index: number, all: readonly Crumb[]): Html {
  const link = href !== undefined && index < all.length - 1;
  return html`<li>
    ${link ? html`<a href="${href}">${label}</a>` : html`<span aria-current="page">${label}</span>`}
  </li>`;
}

/** A short labelled state, such as "archived" or "live". */
export function badge(label: string, tone: 'neutral' | 'good' | 'bad' | 'warn' = 'neutral'): Html {
  return html`<span class="badge ${tone}">${label}</span>`;
}
