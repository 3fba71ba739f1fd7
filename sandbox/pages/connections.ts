// Apps and their tokens in one portal: who is connected, what was granted, which tokens still open the door.
import type { AccessToken, Install, RefreshToken } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { formatDateTime } from './format.ts';
import { html, type Html } from './html.ts';
import { badge } from './layout.ts';

const tokensShown = 12;

type TokenRow = {
  kind: string;
  token: string;
  scopes: number;
  issuedAt: number;
  expiresAt: number | null;
  live: boolean;
  end: string;
};

export function renderConnections(state: SandboxState, portal: Portal, now: number): Html {
  const installs = [...state.installs.values()].filter((install) => install.portalId === portal.portalId);
  return html`<section class="panel">
      <h2>Connected apps <span class="muted">${installs.length}</span></h2>
      ${installs.length === 0 && html`<p class="empty">No app is connected to this account.</p>`}
      ${installs.map((install) => installEntry(state, install))}
    </section>
    ${tokenPanel(tokensOf(state, portal, now))}`;
}

function installEntry(state: SandboxState, install: Install): Html {
  const { appId, scopes, installedAt, uninstalledAt, uninstalledBy } = install;
  return html`<details class="more">
    <summary>
      <strong>${state.apps.get(appId)?.name ?? `App ${appId}`}</strong>
      ${uninstalledAt === null ? badge('connected', 'good') : badge(`removed by ${uninstalledBy ?? 'HubSpot'}`, 'bad')}
      <span class="muted small">since ${formatDateTime(installedAt)}</span>
    </summary>
    <p class="small">Granted: ${scopes.map((scope) => html`<code>${scope}</code> `)}</p>
    ${uninstalledAt !== null && html`<p class="small">Removed ${formatDateTime(uninstalledAt)}</p>`}
  </details>`;
}

function tokensOf(state: SandboxState, portal: Portal, now: number): TokenRow[] {
  const access = [...state.accessTokens.values()].filter((token) => token.portalId === portal.portalId);
  const refresh = [...state.refreshTokens.values()].filter((token) => token.portalId === portal.portalId);
  const rows = [...access.map((token) => accessRow(token, now)), ...refresh.map(refreshRow)];
  return rows.sort((a, b) => Number(b.live) - Number(a.live) || b.issuedAt - a.issuedAt);
}

function accessRow(token: AccessToken, now: number): TokenRow {
  const expired = token.expiresAt !== null && token.expiresAt <= now;
  return {
    kind: token.expiresAt === null ? 'private app' : 'access',
    token: token.token,
    scopes: token.scopes.length,
    issuedAt: token.issuedAt,
    expiresAt: token.expiresAt,
    live: !token.revoked && !expired,
    end: token.revoked ? 'revoked' : 'expired',
  };
}

function refreshRow(token: RefreshToken): TokenRow {
  return {
    kind: 'refresh',
    token: token.token,
    scopes: token.scopes.length,
    issuedAt: token.issuedAt,
    expiresAt: null,
    live: !token.revoked,
    end: 'revoked',
  };
}

function tokenPanel(rows: readonly TokenRow[]): Html | false {
  if (rows.length === 0) return false;
  const live = rows.filter((row) => row.live).length;
  return html`<section class="panel">
    <h2>Tokens <span class="muted">${live} live, ${rows.length - live} dead</span></h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Tokens">
      <table>
        <thead>
          <tr>
            <th scope="col">Kind</th>
            <th scope="col">Token</th>
            <th scope="col">State</th>
            <th scope="col" class="number">Scopes</th>
            <th scope="col">Issued</th>
            <th scope="col">Expires</th>
          </tr>
        </thead>
        <tbody>
          ${rows.slice(0, tokensShown).map(
            (row) =>
              html`<tr>
                <td>${row.kind}</td>
                <td class="id">${row.token.slice(0, 12)}…</td>
                <td>${row.live ? badge('live', 'good') : badge(row.end, 'bad')}</td>
                <td class="number">${row.scopes}</td>
                <td class="nowrap small">${formatDateTime(row.issuedAt)}</td>
                <td class="nowrap small">${row.expiresAt === null ? 'never' : formatDateTime(row.expiresAt)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length > tokensShown && html`<p class="muted small">and ${rows.length - tokensShown} more</p>`}
  </section>`;
}
