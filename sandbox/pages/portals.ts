// The sandbox's first page: the clock, every portal, every registered app, and the calls received.
import type { App } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { ClockState, SandboxState } from '../state/sandbox-state.ts';
import type { RequestCount } from '../state/views.ts';
import { renderCalls, totalCalls } from './calls.ts';
import { formatDateTime } from './format.ts';
import { html, type Html } from './html.ts';
import { badge, renderPage } from './layout.ts';

export function renderPortals(input: { state: SandboxState; now: number; counts: readonly RequestCount[] }): string {
  const { state, now, counts } = input;
  const portals = [...state.portals.values()];
  const events = portals.reduce((sum, portal) => sum + portal.timeline.events.length, 0);
  return renderPage({
    title: 'Portals',
    kind: 'list',
    body: html`
      <section class="panel stack">
        <h1>Sandbox</h1>
        <dl class="facts">
          <div>
            <dt>Clock</dt>
            <dd>${formatDateTime(now)} ${clockBadge(state.clock)}</dd>
          </div>
          <div>
            <dt>Timeline events</dt>
            <dd>${events.toLocaleString('en-GB')}</dd>
          </div>
          <div>
            <dt>API calls</dt>
            <dd>${totalCalls(counts).toLocaleString('en-GB')}</dd>
          </div>
          <div>
            <dt>Planted faults</dt>
            <dd>${state.faults.length}</dd>
          </div>
        </dl>
      </section>
      ${portalTable(state, portals, counts)} ${appTable(state)} ${renderCalls(counts)}
    `,
  });
}

function clockBadge({ frozenAt, offsetMs }: ClockState): Html {
  if (frozenAt !== null) return badge('stands still', 'warn');
  return offsetMs === 0 ? badge('real time', 'good') : badge('moved', 'warn');
}

function portalTable(state: SandboxState, portals: readonly Portal[], counts: readonly RequestCount[]): Html {
  const size = (portal: Portal, typeId: '0-1' | '0-3'): string =>
    (portal.tables.get(typeId)?.records.size ?? 0).toLocaleString('en-GB');
  return html`<section class="panel">
    <h2>Portals <span class="muted">${portals.length}</span></h2>
    ${
      portals.length === 0
        ? html`<p class="empty">No portal yet. Seed one through the control API.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="Portals">
            <table>
              <thead>
                <tr>
                  <th scope="col">Name</th>
                  <th scope="col">ID</th>
                  <th scope="col" class="number">Contacts</th>
                  <th scope="col" class="number">Deals</th>
                  <th scope="col" class="number">Events</th>
                  <th scope="col" class="number">Calls</th>
                  <th scope="col">Connected apps</th>
                </tr>
              </thead>
              <tbody>
                ${portals.map(
                  (portal) =>
                    html`<tr>
                      <td><a href="/portals/${portal.portalId}">${portal.name}</a></td>
                      <td class="id">${portal.portalId}</td>
                      <td class="number">${size(portal, '0-1')}</td>
                      <td class="number">${size(portal, '0-3')}</td>
                      <td class="number">${portal.timeline.events.length.toLocaleString('en-GB')}</td>
                      <td class="number">
                        ${totalCalls(counts.filter((each) => each.portalId === portal.portalId)).toLocaleString('en-GB')}
                      </td>
                      <td>${connectedApps(state, portal) || '–'}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
  </section>`;
}

function connectedApps(state: SandboxState, portal: Portal): string {
  return [...state.installs.values()]
    .filter((install) => install.portalId === portal.portalId && install.uninstalledAt === null)
    .map((install) => state.apps.get(install.appId)?.name ?? `App ${install.appId}`)
    .join(', ');
}

function appTable(state: SandboxState): Html {
  const apps = [...state.apps.values()];
  return html`<section class="panel">
    <h2>Registered apps <span class="muted">${apps.length}</span></h2>
    ${apps.length === 0 && html`<p class="empty">No app is registered.</p>`} ${apps.map((app) => appEntry(state, app))}
  </section>`;
}

function appEntry(state: SandboxState, app: App): Html {
  const types = [...state.eventTypes.values()].filter((type) => type.appId === app.appId);
  return html`<details class="more">
    <summary>
      <strong>${app.name}</strong> <span class="id muted">${app.appId}</span>
      ${app.approved ? badge('approved for app events', 'good') : badge('not approved for app events', 'warn')}
    </summary>
    <dl class="properties">
      <div>
        <dt>Client ID</dt>
        <dd class="id">${app.clientId}</dd>
      </div>
      <div>
        <dt>Redirects to</dt>
        <dd>${app.redirectUris.join(', ')}</dd>
      </div>
      <div>
        <dt>Required scopes</dt>
        <dd>${app.requiredScopes.join(', ') || '–'}</dd>
      </div>
      <div>
        <dt>Optional scopes</dt>
        <dd>${app.optionalScopes.join(', ') || '–'}</dd>
      </div>
      <div>
        <dt>Event types</dt>
        <dd>${types.map((type) => type.name).join(', ') || '–'}</dd>
      </div>
    </dl>
  </details>`;
}
