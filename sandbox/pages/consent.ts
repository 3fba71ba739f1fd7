// The pages of the OAuth consent: choose an account, see what the app asks for, connect or deny. What the decision
// means is the OAuth handler's business.
import type { ConsentView } from '../state/views.ts';
import { html, type Html } from './html.ts';
import { renderPage } from './layout.ts';
import { describeScope } from './scopes.ts';

export function renderConsent(view: ConsentView): string {
  const { appName, accounts, requiredScopes, optionalScopes, hiddenFields, action } = view;
  const selected = accounts.find((account) => account.selected) ?? (accounts.length === 1 ? accounts[0] : undefined);

  const body = html`
    <form class="panel consent" method="post" action="${action}">
      <h1>Connect ${appName}</h1>
      ${Object.entries(hiddenFields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}
      <fieldset>
        <legend>Account</legend>
        ${accounts.map(
          ({ portalId, name, domain }) => html`
            <label class="choice">
              <input
                type="radio"
                name="account"
                value="${portalId}"
                required
                ${selected?.portalId === portalId ? html`checked` : null}
              />
              <span>${name}<br /><span class="muted small">${domain} · ${portalId}</span></span>
            </label>
          `,
        )}
        ${accounts.length === 0 && html`<p class="empty">This sandbox has no account yet.</p>`}
      </fieldset>
      <section>
        <h2>${appName} will be able to</h2>
        ${scopeList(requiredScopes)}
      </section>
      ${
        optionalScopes.length > 0 &&
        html`<section>
          <h2>And, where the account offers it</h2>
          ${scopeList(optionalScopes)}
        </section>`
      }
      <div class="actions">
        <button class="primary" name="decision" value="grant">Connect</button>
        <button name="decision" value="deny" formnovalidate>Deny</button>
      </div>
    </form>
  `;
  return renderPage({
    title: `Connect ${appName}`,
    crumbs: [{ label: `Connect ${appName}` }],
    kind: 'narrow',
    form: true,
    body,
  });
}

/** Shown when the address is wrong, the account cannot grant what is asked, or consent was denied: nothing is redirected. */
export function renderOAuthError(message: string): string {
  const title = 'The app was not connected';
  const body = html`
    <section class="panel stack">
      <h1>${title}</h1>
      <p class="notice">${message}</p>
      <p class="muted">Nothing was sent to the app.</p>
    </section>
  `;
  return renderPage({ title, crumbs: [{ label: 'Connect an app' }], kind: 'narrow', body });
}

function scopeList(scopes: readonly string[]): Html {
  return html`<ul class="scopes">
    ${scopes.map((scope) => {
      const words = describeScope(scope);
      return html`<li>${words && html`${words}<br />`}<code class="muted">${scope}</code></li>`;
    })}
  </ul>`;
}
