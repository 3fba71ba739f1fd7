// The page of one contact, deal or company: properties, activity, associations, as a HubSpot user knows them.
import type { PreviewOptions } from '../extensions/options.ts';
import { viewQuery, type View } from '../extensions/view.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { renderAssociations } from './associations.ts';
import {
  extensionsAt,
  findPlace,
  frameFor,
  installNotice,
  renderExtension,
  renderSwitches,
} from './extension-panel.ts';
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
  preview: PreviewOptions | null;
  view: View;
}): string | null {
  const { state, portal, typeId, id, filter, page, renderTemplate, view } = input;
  const record = findRecord(tableOf(portal, typeId), id);
  if (record === undefined) return null;

  const feed = readFeed({ state, portal, record, filter, page });
  const path = recordPath(portal, record);
  const cards = findCards(input, record);
  const showsCards = view.tab === 'cards' && cards !== null && cards.tab.length > 0;
  const notices: (Html | false)[] = [
    cards !== null && renderSwitches(state, cards.place, { kind: 'record', typeId, id: record.id }),
    cards !== null && installNotice(state, cards.place),
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
    ...(cards === null ? {} : { preview: frameFor(cards.place) }),
    body: html`
      ${notices}
      <div class="columns">
        ${renderProperties({ state, portal, record }, typeId)}
        <div class="middle">
          ${cards !== null && cards.tab.length > 0 && tabs(path, view)}
          ${
            showsCards
              ? html`<div class="stack">${cards.tab.map((card) => renderExtension(card, cards.place))}</div>`
              : renderTimeline({ feed, path, filter, renderTemplate })
          }
        </div>
        <div class="stack related">
          ${cards?.sidebar.map((card) => renderExtension(card, cards.place))} ${renderAssociations(portal, record)}
        </div>
      </div>
    `,
  });
}

/** The built cards for this record: in the middle and beside it. Null: there are none, and the page stays without a script. */
function findCards(
  { state, preview, portal, view, typeId }: Parameters<typeof renderRecord>[0],
  record: { id: string; typeId: string },
) {
  const found = findPlace({ state, preview, portal, view });
  if (found === null) return null;
  const place = { ...found, record };
  const [tab, sidebar] = (['crm.record.tab', 'crm.record.sidebar'] as const).map((location) =>
    extensionsAt(place.project, location, typeId),
  );
  return tab && sidebar && tab.length + sidebar.length > 0 ? { place, tab, sidebar } : null;
}

function tabs(path: string, view: View): Html {
  return html`<ul class="filters tabs" aria-label="What the middle shows">
    ${(['activity', 'cards'] as const).map(
      (tab) =>
        html`<li>
          <a href="${path}${viewQuery({ ...view, tab })}" ${view.tab === tab && html`aria-current="page"`}
            >${tab === 'cards' ? 'Cards' : 'Activity'}</a
          >
        </li>`,
    )}
  </ul>`;
}
