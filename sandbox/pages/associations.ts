// The right column of a record page: the records it is associated with, by type.
import type { CrmRecord } from '../state/crm.ts';
import { associatedIds, findRecord, tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import { html, type Html } from './html.ts';
import { badge } from './layout.ts';
import { pageTypeIds, pageTypes, recordName, recordPath, recordSubtitle, type PageTypeId } from './record-values.ts';

/** Enough to recognise the record's surroundings; a company with 10,000 contacts still makes a quick page. */
const shownAtMost = 50;

export function renderAssociations(portal: Portal, record: CrmRecord): Html {
  const others = pageTypeIds.filter((typeId) => typeId !== record.typeId);
  return html`<aside class="stack" aria-label="Associations">
    ${others.map((typeId) => associationPanel(portal, record, typeId))}
  </aside>`;
}

function associationPanel(portal: Portal, record: CrmRecord, typeId: PageTypeId): Html {
  const ids = associatedIds(portal, record, typeId);
  const table = tableOf(portal, typeId);
  return html`<section class="panel">
    <h2>${pageTypes[typeId].many} <span class="muted">${ids.length}</span></h2>
    ${ids.length === 0 && html`<p class="muted small">None associated.</p>`}
    <ul>
      ${ids.slice(0, shownAtMost).map((id) => {
        const other = findRecord(table, id);
        if (other === undefined) return html`<li class="muted">${id} (deleted)</li>`;
        return html`<li>
          <a href="${recordPath(portal, other)}">${recordName(other)}</a>
          ${other.archived && badge('archived', 'bad')}
          ${labelsBetween(portal, record, other).map((label) => badge(label))}
          <div class="muted small">${recordSubtitle(portal, other)}</div>
        </li>`;
      })}
    </ul>
    ${ids.length > shownAtMost && html`<p class="muted small">and ${ids.length - shownAtMost} more</p>`}
  </section>`;
}

function labelsBetween(portal: Portal, record: CrmRecord, other: CrmRecord): string[] {
  const links = portal.associations.get(`${record.typeId}/${record.id}`)?.get(other.typeId)?.get(other.id) ?? [];
  return links.flatMap(({ label }) => label ?? []);
}
