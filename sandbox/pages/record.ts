// The page of one contact, deal or company: properties, activity, associations, as a HubSpot user knows them.
import { findRecord, tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { renderAssociations } from './associations.ts';
import { readFeed } from './event-feed.ts';
import type { RenderTemplate } from './event-template.ts';
import { formatDateTime } from './format.ts';
import { html, type Html } from './html.ts';
import { renderPage } from './layout.ts';
import { renderProperties } from './properties.ts';
import { pageTypes, recordName, recordPath, type PageTypeId } from './record-values.ts';
import { renderTimeline } from './timeline.ts';

/** Null when the portal has no such record. A former id of a merged record shows the survivor. */
export function renderRecord(input: {
  state: SandboxState;
  portal: Portal;
  typeId: PageTypeId;
  id: string;
  filter: string | undefined;
  page: number;
  renderTemplate: RenderTemplate;
}): string | null {
  const { state, portal, typeId, id, filter, page, renderTemplate } = input;
  const record = findRecord(tableOf(portal, typeId), id);
  if (record === undefined) return null;

  const feed = readFeed({ state, portal, record, filter, page });
  const notices: (Html | false)[] = [
    record.id !== id && html`<p class="notice">Record ${id} was merged. This is the record that took its place.</p>`,
    record.archived &&
      html`<p class="notice">
        This record is archived${record.archivedAt !== null && html` since ${formatDateTime(record.archivedAt)}`}. The
        API finds it only with <code>archived=true</code>.
      </p>`,
  ];
  return renderPage({
    title: recordName(record),
    crumbs: [
      { label: portal.name, href: `/portals/${portal.portalId}` },
      { label: pageTypes[typeId].many, href: `/portals/${portal.portalId}/${typeId}` },
      { label: recordName(record) },
    ],
    kind: 'record',
    body: html`
      ${notices}
      <div class="columns">
        ${renderProperties({ state, portal, record }, typeId)}
        ${renderTimeline({ feed, path: recordPath(portal, record), filter, renderTemplate })}
        ${renderAssociations(portal, record)}
      </div>
    `,
  });
}
