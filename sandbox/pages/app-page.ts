// The settings page and the home page of an app, where HubSpot has them. Both are extensions of the project.
import type { PreviewOptions } from '../extensions/options.ts';
import { viewQuery, type View } from '../extensions/view.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import {
  extensionsAt,
  findPlace,
  frameFor,
  installNotice,
  renderExtension,
  renderSwitches,
} from './extension-panel.ts';
import { html } from './html.ts';
import { renderPage } from './layout.ts';

type Input = {
  state: SandboxState;
  preview: PreviewOptions | null;
  portal: Portal;
  appId: number;
  view: View;
  kind: 'settings' | 'home';
  /** Under the home page: the path of its router. */
  path: string;
};

export const settingsPath = (portalId: number, appId: number): string =>
  `/integrations-settings/${portalId}/installed/${appId}`;
export const homePath = (portalId: number, appId: number): string => `/app/${portalId}/${appId}`;

/** Null: no such app, or it has no such page. */
export function renderAppPage({ state, preview, portal, appId, view, kind, path }: Input): string | null {
  const place = findPlace({ state, preview, portal, view });
  const [extension] = place ? extensionsAt(place.project, kind === 'settings' ? 'settings' : 'pages') : [];
  if (!place || !extension || place.app.appId !== appId) return null;
  const base = homePath(portal.portalId, appId);
  const withPage = kind === 'home' ? { ...place, page: { base, path } } : place;
  const query = viewQuery(view);
  const links = [
    { label: 'Home', href: base, here: kind === 'home' },
    { label: 'Settings', href: settingsPath(portal.portalId, appId), here: kind === 'settings' },
  ];
  return renderPage({
    title: `${place.app.name} ${kind}`,
    crumbs: [{ label: portal.name, href: `/portals/${portal.portalId}` }, { label: `${place.app.name}: ${kind}` }],
    kind: 'list',
    preview: frameFor(place),
    body: html`
      ${renderSwitches(state, place, { kind })} ${installNotice(state, place)}
      <ul class="filters" aria-label="Pages of ${place.app.name}">
        ${links.map(
          ({ label, href, here }) =>
            html`<li><a href="${href}${query}" ${here && html`aria-current="page"`}>${label}</a></li>`,
        )}
      </ul>
      ${renderExtension({ ...extension, name: `${place.app.name}: ${kind}` }, withPage)}
    `,
  });
}
