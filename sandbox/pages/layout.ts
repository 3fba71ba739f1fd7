// The frame of every sandbox page: head, banner, breadcrumbs, content policy. It knows nothing of portals or records.
import { html, type Html } from './html.ts';

export const stylesheetPath = '/sandbox/style.css';
export const previewStylesheetPath = '/sandbox/preview/preview.css';
const previewScriptPath = '/sandbox/preview/host.js';

const basePolicy = "default-src 'none'; style-src 'self'; base-uri 'none'";

type Crumb = { label: string; href?: string };

export type PageFrame = {
  title: string;
  crumbs?: readonly Crumb[];
  /** Says which grid the stylesheet lays the content out in. */
  kind: 'list' | 'record' | 'narrow';
  /** A form whose answer may lead anywhere. Browsers hold redirects after a form to `form-action`, so it stays open. */
  form?: true;
  /** Extensions of a HubSpot project live on the page: it runs the preview's script. */
  preview?: { lang: string; theme: string; imageUrls: readonly string[]; frameUrls: readonly string[] };
  body: Html;
};

/** The whole document. The policy stands in the page itself, so that it holds however the page is served. */
export function renderPage({ title, crumbs = [], kind, form, preview, body }: PageFrame): string {
  return html`<!doctype html>
    <html lang="${preview?.lang ?? 'en'}" ${preview && html`data-theme="${preview.theme}"`}>
      <head>
        <meta charset="utf-8" />
        <meta
          http-equiv="Content-Security-Policy"
          content="${preview ? previewPolicy(preview) : form ? basePolicy : `${basePolicy}; form-action 'none'`}"
        />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="same-origin" />
        <title>${title} · Elido sandbox</title>
        <link rel="stylesheet" href="${stylesheetPath}" />
        ${
          preview &&
          html`<link rel="stylesheet" href="${previewStylesheetPath}" />
            <script type="module" src="${previewScriptPath}"></script>`
        }
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

/** Scripts, workers and calls of this sandbox only; pictures and frames where the app's manifest permits them. */
function previewPolicy({ imageUrls, frameUrls }: NonNullable<PageFrame['preview']>): string {
  const own = ['script-src', 'worker-src', 'connect-src', 'form-action'].map((name) => `${name} 'self'`);
  const listed = (name: string, urls: readonly string[]) => [name, ...urls.filter(isPlainUrl)].join(' ');
  const policy = [basePolicy, ...own, listed('img-src data:', imageUrls)];
  return [...policy, ...(frameUrls.length > 0 ? [listed('frame-src', frameUrls)] : [])].join('; ');
}

/** A policy is a list with separators of its own: an address that holds one is left out. */
function isPlainUrl(url: string): boolean {
  return /^https?:\/\/[^\s;,'"]+$/.test(url);
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
