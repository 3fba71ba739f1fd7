// The frame of every sandbox page: head, banner, breadcrumbs, content policy. It knows nothing of portals or records.
import { html, type Html } from './html.ts';

export const stylesheetPath = '/sandbox/style.css';

export type Crumb = { label: string; href?: string };

export type PageFrame = {
  title: string;
  crumbs?: readonly Crumb[];
  /** Says which grid the stylesheet lays the content out in. */
  kind: 'list' | 'record' | 'narrow';
  /** Origins that an answer to this page's form may redirect to: browsers hold redirects to `form-action` too. */
  formOrigins?: readonly string[];
  body: Html;
};

/** The whole document. The policy stands in the page itself, so that it holds however the page is served. */
export function renderPage({ title, crumbs = [], kind, formOrigins = [], body }: PageFrame): string {
  const policy = contentPolicy(formOrigins);
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <title>${title} · Elido sandbox</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <p class="banner"><strong>Elido sandbox: not HubSpot.</strong> A practice account for development and tests.</p>
        <nav class="crumbs" aria-label="Breadcrumb">
          <ol>
            <li><a href="/">Portals</a></li>
            ${crumbs.map(
              ({ label, href }) =>
                html`<li>
                  ${href ? html`<a href="${href}">${label}</a>` : html`<span aria-current="page">${label}</span>`}
                </li>`,
            )}
          </ol>
        </nav>
        <main id="main" class="${kind}">${body}</main>
      </body>
    </html>`.text;
}

function contentPolicy(formOrigins: readonly string[]): string {
  const formAction = ["'self'", ...formOrigins].join(' ');
  return `default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action ${formAction}`;
}

/** A short labelled state, such as "archived" or "live". */
export function badge(label: string, tone: 'neutral' | 'good' | 'bad' | 'warn' = 'neutral'): Html {
  return html`<span class="badge ${tone}">${label}</span>`;
}
