// Tables of a portal's contacts, deals or companies: the newest on the portal's page, all of them on their own page.
import type { CrmRecord } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import { formatCount, formatDateTime } from './format.ts';
import { html, type Html } from './html.ts';
import { badge, renderPage } from './layout.ts';
import { pager } from './pager.ts';
import { pageTypes, recordName, recordPath, recordSubtitle, type PageTypeId } from './record-values.ts';

const newestShown = 10;
const pageSize = 50;

export function renderNewest(portal: Portal, typeId: PageTypeId): Html {
  const records = newestFirst(portal, typeId);
  const { many } = pageTypes[typeId];
  return html`<section class="panel">
    <div class="row">
      <h2>${many} <span class="muted">${records.length.toLocaleString('en-GB')}</span></h2>
      ${records.length > newestShown && html`<a class="small" href="${listPath(portal, typeId)}">Show all</a>`}
    </div>
    ${recordTable(portal, typeId, records.slice(0, newestShown))}
  </section>`;
}

export function renderRecordList(portal: Portal, typeId: PageTypeId, page: number): string {
  const { one, many } = pageTypes[typeId];
  const records = newestFirst(portal, typeId);
  const pages = Math.max(1, Math.ceil(records.length / pageSize));
  const shown = Math.min(page, pages);
  return renderPage({
    title: `${many} of ${portal.name}`,
    crumbs: [{ label: portal.name, href: `/portals/${portal.portalId}` }, { label: many }],
    kind: 'list',
    body: html`<section class="panel">
      <h1>${many}</h1>
      <p class="muted small">
        ${formatCount(records.length, one.toLowerCase(), many.toLowerCase())}, last changed first
      </p>
      ${recordTable(portal, typeId, records.slice((shown - 1) * pageSize, shown * pageSize))}
      ${pager({ path: listPath(portal, typeId), query: {}, page: shown, pages })}
    </section>`,
  });
}

function newestFirst(portal: Portal, typeId: PageTypeId): CrmRecord[] {
  return [...tableOf(portal, typeId).records.values()].sort((a, b) => b.updatedAt - a.updatedAt);
}

function recordTable(portal: Portal, typeId: PageTypeId, records: readonly CrmRecord[]): Html {
  if (records.length === 0) return html`<p class="empty">No ${pageTypes[typeId].many.toLowerCase()} yet.</p>`;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${pageTypes[typeId].many}">
    <table>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">${typeId === '0-1' ? 'E-mail' : typeId === '0-3' ? 'Stage and amount' : 'Domain'}</th>
          <th scope="col" class="number">Events</th>
          <th scope="col">Changed</th>
          <th scope="col">ID</th>
        </tr>
      </thead>
      <tbody>
        ${records.map(
          (record) =>
            html`<tr>
              <td>
                <a href="${recordPath(portal, record)}">${recordName(record)}</a>
                ${record.archived && badge('archived', 'bad')}
              </td>
              <td>${recordSubtitle(portal, record) || '–'}</td>
              <td class="number">${eventCount(portal, record)}</td>
              <td class="nowrap muted small">${formatDateTime(record.updatedAt)}</td>
              <td class="id">${record.id}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function listPath(portal: Portal, typeId: PageTypeId): string {
  return `/portals/${portal.portalId}/${typeId}`;
}

function eventCount(portal: Portal, { typeId, id }: CrmRecord): number {
  return portal.timeline.byObject.get(`${typeId}/${id}`)?.length ?? 0;
}
