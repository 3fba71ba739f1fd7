// The table of calls the API received, busiest routes first.
import type { RequestCount } from '../state/views.ts';
import { html, type Html } from './html.ts';

const routesShown = 25;

export function totalCalls(counts: readonly RequestCount[]): number {
  return counts.reduce((sum, each) => sum + each.calls, 0);
}

export function renderCalls(counts: readonly RequestCount[]): Html {
  const byRoute = new Map<string, number>();
  for (const { route, calls } of counts) byRoute.set(route, (byRoute.get(route) ?? 0) + calls);
  const routes = [...byRoute].sort((a, b) => b[1] - a[1]);

  return html`<section class="panel">
    <h2>API calls <span class="muted">${totalCalls(counts).toLocaleString('en-GB')}</span></h2>
    ${
      routes.length === 0
        ? html`<p class="empty">No call has arrived yet.</p>`
        : html`<div class="scroll" tabindex="0" role="region" aria-label="API calls by route">
            <table>
              <thead>
                <tr>
                  <th scope="col">Route</th>
                  <th scope="col" class="number">Calls</th>
                </tr>
              </thead>
              <tbody>
                ${routes.slice(0, routesShown).map(
                  ([route, calls]) =>
                    html`<tr>
                      <td><code>${route}</code></td>
                      <td class="number">${calls.toLocaleString('en-GB')}</td>
                    </tr>`,
                )}
              </tbody>
            </table>
          </div>`
    }
    ${routes.length > routesShown && html`<p class="muted small">and ${routes.length - routesShown} more routes</p>`}
  </section>`;
}
