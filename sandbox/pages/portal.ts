// The page of one portal: its records, its connected apps and tokens, and the calls it received.
import type { PreviewOptions } from '../extensions/options.ts';
import { readView } from '../extensions/view.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import type { RequestCount } from '../state/views.ts';
import { homePath, settingsPath } from './app-page.ts';
import { renderCalls } from './calls.ts';
import { renderConnections } from './connections.ts';
import { formatCount } from './format.ts';
import { extensionsAt, findPlace } from './extension-panel.ts';
import { html, type Html } from './html.ts';
import { renderPage } from './layout.ts';
import { pageTypeIds } from './record-values.ts';
import { renderNewest } from './records.ts';

export function renderPortal(input: {
  state: SandboxState;
  portal: Portal;
  now: number;
  counts: readonly RequestCount[];
  preview: PreviewOptions | null;
}): string {
  const { state, portal, now, counts, preview } = input;
  const ownCounts = counts.filter((each) => each.portalId === portal.portalId);
  return renderPage({
    title: portal.name,
    crumbs: [{ label: portal.name }],
    kind: 'list',
    body: html`
      <section class="panel stack">
        <h1>${portal.name}</h1>
        <dl class="facts">
          <div>
            <dt>Account ID</dt>
            <dd class="id">${portal.portalId}</dd>
          </div>
          <div>
            <dt>Domain</dt>
            <dd>${portal.domain}</dd>
          </div>
          <div>
            <dt>Time zone</dt>
            <dd>${portal.timeZone}</dd>
          </div>
          <div>
            <dt>Currency</dt>
            <dd>${portal.currency}</dd>
          </div>
          <div>
            <dt>Timeline</dt>
            <dd>${formatCount(portal.timeline.events.length, 'event')}</dd>
          </div>
          <div>
            <dt>Limit</dt>
            <dd>${portal.limits.perTenSeconds} calls in 10 s</dd>
          </div>
        </dl>
      </section>
      ${appPages(state, preview, portal)} ${pageTypeIds.map((typeId) => renderNewest(portal, typeId))}
      ${renderConnections(state, portal, now)} ${renderCalls(ownCounts)}
    `,
  });
}

/** The pages of the app whose extensions are shown. */
function appPages(state: SandboxState, preview: PreviewOptions | null, portal: Portal): Html | false {
  const place = findPlace({ state, preview, portal, view: readView({}) });
  if (place === null) return false;
  const { project, app } = place;
  const pages = [
    { location: 'pages', label: 'Home', href: homePath(portal.portalId, app.appId) },
    { location: 'settings', label: 'Settings', href: settingsPath(portal.portalId, app.appId) },
  ].filter(({ location }) => extensionsAt(project, location).length > 0);
  return (
    pages.length > 0 &&
    html`<section class="panel">
      <h2>Pages of ${app.name}</h2>
      <ul class="filters">
        ${pages.map(({ label, href }) => html`<li><a href="${href}">${label}</a></li>`)}
      </ul>
    </section>`
  );
}
