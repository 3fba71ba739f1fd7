// The activity column of a record page: filters, months, and one card per event or note.
import type { TimelineIFrame } from '../state/timeline.ts';
import type { Feed, FeedItem } from './event-feed.ts';
import type { RenderTemplate, TemplateContext } from './event-template.ts';
import { formatCount, formatDateTime, formatMonth } from './format.ts';
import { html, type Html } from './html.ts';
import { badge } from './layout.ts';
import { renderNoteBody } from './note-body.ts';
import { pager } from './pager.ts';

type EventItem = Extract<FeedItem, { kind: 'event' }>;

export function renderTimeline(input: {
  feed: Feed;
  path: string;
  filter: string | undefined;
  renderTemplate: RenderTemplate;
}): Html {
  const { feed, path, filter, renderTemplate } = input;
  return html`<section class="timeline" aria-labelledby="activity">
    <div class="panel">
      <div class="row">
        <h2 id="activity">Activity</h2>
        <span class="muted small">${formatCount(feed.total, 'entry', 'entries')}, newest first</span>
      </div>
      ${feed.filters.length > 0 && filterLinks(feed, path, filter)}
      ${feed.total === 0 && html`<p class="empty">Nothing has happened here yet.</p>`}
    </div>
    ${monthsOf(feed.items).map(
      ({ month, items }) => html`
        <h3 class="month">${month}</h3>
        ${items.map((item) => (item.kind === 'note' ? noteCard(item) : eventCard(item, renderTemplate)))}
      `,
    )}
    ${pager({ path, query: { type: filter }, page: feed.page, pages: feed.pages })}
  </section>`;
}

function filterLinks(feed: Feed, path: string, filter: string | undefined): Html {
  const all = feed.filters.reduce((sum, each) => sum + each.count, 0);
  const links = [{ filter: undefined, label: 'All', count: all }, ...feed.filters];
  return html`<ul class="filters" aria-label="Filter by type">
    ${links.map((each) => {
      const href =
        each.filter === undefined ? path : `${path}?${new URLSearchParams({ type: each.filter }).toString()}`;
      const current = each.filter === filter && html`aria-current="true"`;
      return html`<li>
        <a href="${href}" ${current}>${each.label} <span class="small">${each.count}</span></a>
      </li>`;
    })}
  </ul>`;
}

function monthsOf(items: readonly FeedItem[]): { month: string; items: FeedItem[] }[] {
  const months: { month: string; items: FeedItem[] }[] = [];
  for (const item of items) {
    const month = formatMonth(item.at);
    const last = months.at(-1);
    if (last?.month === month) last.items.push(item);
    else months.push({ month, items: [item] });
  }
  return months;
}

function eventCard(item: EventItem, renderTemplate: RenderTemplate): Html {
  const { event, type, appName, acceptances } = item;
  const context = contextOf(item);
  const title = type?.headerTemplate
    ? renderTemplate({ template: type.headerTemplate, context, layout: 'line' })
    : html`${item.typeName}`;
  return html`<article class="event">
    <p class="event-meta">
      <span>${item.typeName} · ${appName}</span>
      <time datetime="${isoTime(event.timestamp)}">${formatDateTime(event.timestamp)}</time>
    </p>
    <h3>${title}</h3>
    ${acceptances > 1 && html`<p>${badge(`accepted ${acceptances} times`, 'bad')}</p>`}
    <div class="event-body">
      ${type?.detailTemplate ? renderTemplate({ template: type.detailTemplate, context, layout: 'block' }) : propertyList(item)}
    </div>
    ${event.timelineIFrame && iframeLink(event.timelineIFrame)}
    ${event.extraData !== null && event.extraData !== undefined && extraData(event.extraData)}
  </article>`;
}

/** Without a detail template HubSpot lists the properties. A type that is no longer declared has no labels either. */
function propertyList({ event, type }: EventItem): Html {
  const label = (name: string): string => type?.properties.find((property) => property.name === name)?.label ?? name;
  return html`${!type && html`<p class="muted small">The type ${event.typeKey} is no longer declared.</p>`}
    <dl class="facts">
      ${Object.entries(event.properties).map(
        ([name, value]) =>
          html`<div>
            <dt>${label(name)}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
}

/** HubSpot opens the address in a window over the record. Here it is a plain link, and only to the web. */
function iframeLink({ headerLabel, linkLabel, url }: TimelineIFrame): Html {
  const label = /^https?:\/\//i.test(url)
    ? html`<a href="${url}" rel="noopener noreferrer nofollow">${linkLabel}</a>`
    : linkLabel;
  return html`<p class="small">${headerLabel}: ${label}</p>`;
}

function extraData(value: unknown): Html {
  return html`<details>
    <summary>Details <span class="muted">available via the API, hidden from the default view</span></summary>
    <pre tabindex="0">${JSON.stringify(value, null, 2)}</pre>
  </details>`;
}

/** Enumerations show their labels; the rest is as it was sent. */
function contextOf({ event, type }: EventItem): TemplateContext {
  const shown = Object.entries(event.properties).map(([name, value]) => {
    const options = type?.properties.find((property) => property.name === name)?.options ?? [];
    return [name, options.find((option) => option.value === value)?.label ?? value];
  });
  return { timestamp: event.timestamp, ...Object.fromEntries(shown), extraData: event.extraData };
}

function noteCard({ note, at }: Extract<FeedItem, { kind: 'note' }>): Html {
  return html`<article class="event note">
    <p class="event-meta">
      <span>Note</span>
      <time datetime="${isoTime(at)}">${formatDateTime(at)}</time>
    </p>
    <div class="event-body">${renderNoteBody(note.values['hs_note_body'] ?? '')}</div>
  </article>`;
}

function isoTime(time: number): string {
  return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : '';
}
