// The left column of a record page: who or what it is, the properties people look at first, and every other value.
// Each value opens to its history.
import type { CrmRecord, PropertyVersion } from '../state/crm.ts';
import { tableOf } from '../state/lookups.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { formatDateTime, initials } from './format.ts';
import { html, type Html } from './html.ts';
import { badge } from './layout.ts';
import { pageTypes, recordName, recordSubtitle, showRaw, showValue, type PageTypeId } from './record-values.ts';

const firstLook: Record<PageTypeId, readonly string[]> = {
  '0-1': ['email', 'phone', 'lifecyclestage', 'hs_lead_status', 'hubspot_owner_id', 'createdate'],
  '0-3': ['pipeline', 'dealstage', 'amount', 'closedate', 'hubspot_owner_id', 'createdate'],
  '0-2': ['domain', 'lifecyclestage', 'hubspot_owner_id', 'createdate'],
};

type Subject = { state: SandboxState; portal: Portal; record: CrmRecord };

type Shown = Subject & { names: readonly string[] };

export function renderProperties(subject: Subject, typeId: PageTypeId): Html {
  const { portal, record } = subject;
  const { one } = pageTypes[typeId];
  const custom = customGroups(portal, record);
  const shownFirst = new Set([...firstLook[typeId], ...custom.flatMap((group) => group.names)]);
  const rest = Object.keys(record.values)
    .filter((name) => !shownFirst.has(name))
    .sort();

  return html`<div class="stack about" data-refresh="properties">
    <section class="panel identity" aria-label="${one}">
      <span class="avatar ${typeId === '0-1' ? '' : 'square'}" aria-hidden="true">${initials(recordName(record))}</span>
      <div>
        <h1>${recordName(record)}</h1>
        <p class="muted small">${recordSubtitle(portal, record)}</p>
        <p class="row small muted">
          <span class="id">${one} ${record.id}</span>
          ${record.archived && badge('archived', 'bad')} ${record.mergedIds.length > 0 && badge('merged', 'warn')}
        </p>
      </div>
    </section>
    ${custom.map(({ label, names }) => propertyPanel(label, { ...subject, names }))}
    <section class="panel">
      <h2>About this ${one.toLowerCase()}</h2>
      ${propertyList({ ...subject, names: firstLook[typeId] })}
      ${
        rest.length > 0 &&
        html`<details class="more">
          <summary>All other properties <span class="muted">${rest.length}</span></summary>
          ${propertyList({ ...subject, names: rest })}
        </details>`
      }
    </section>
    ${
      record.mergedIds.length > 0 &&
      html`<section class="panel">
        <h2>Merged from</h2>
        <p class="id">${record.mergedIds.join(', ')}</p>
      </section>`
    }
  </div>`;
}

/** Groups that an app or a person added come first, with their unset properties: that is what a tester looks for. */
function customGroups(portal: Portal, record: CrmRecord): { label: string; names: string[] }[] {
  const { properties, groups } = tableOf(portal, record.typeId);
  const byGroup = new Map<string, string[]>();
  for (const property of properties.values()) {
    if (property.hubspotDefined || property.archived) continue;
    byGroup.set(property.groupName, [...(byGroup.get(property.groupName) ?? []), property.name]);
  }
  return [...byGroup].map(([name, names]) => ({ label: groups.get(name)?.label ?? name, names }));
}

function propertyPanel(label: string, shown: Shown): Html {
  return html`<section class="panel">
    <h2>${label}</h2>
    ${propertyList(shown)}
  </section>`;
}

function propertyList({ names, ...subject }: Shown): Html {
  const { properties } = tableOf(subject.portal, subject.record.typeId);
  return html`<dl class="properties">
    ${names.map((name) => {
      const definition = properties.get(name);
      const label = definition?.label ?? name;
      return html`<div>
        <dt title="${name}">${label} ${definition?.readOnlyValue && html`<span class="small">(read-only)</span>`}</dt>
        <dd>${propertyValue(subject, name)}</dd>
      </div>`;
    })}
  </dl>`;
}

function propertyValue({ state, portal, record }: Subject, name: string): Html {
  const value = showValue(portal, record, name) || '–';
  const history = record.history[name] ?? [];
  if (history.length === 0) return html`${value}`;
  return html`<details>
    <summary title="${historyTitle(state, history)}">${value}</summary>
    <ol class="history" aria-label="History of ${name}">
      ${history.map((version) => {
        const shown = showRaw({ portal, typeId: record.typeId, name, value: version.value, values: record.values });
        return html`<li>
          ${shown || html`<em>cleared</em>`}<br />
          <span class="muted">${formatDateTime(version.timestamp)} · ${sourceOf(state, version)}</span>
        </li>`;
      })}
    </ol>
  </details>`;
}

function historyTitle(state: SandboxState, [newest, ...older]: readonly PropertyVersion[]): string {
  if (newest === undefined) return '';
  const since = `Set ${formatDateTime(newest.timestamp)} by ${sourceOf(state, newest)}`;
  return older.length === 0 ? since : `${since}; ${older.length} earlier`;
}

/** An app is shown by its name: the API knows it only by number. */
function sourceOf(state: SandboxState, { sourceId, sourceLabel, sourceType }: PropertyVersion): string {
  const app = sourceType === 'INTEGRATION' ? state.apps.get(Number(sourceId)) : undefined;
  return app?.name ?? (sourceLabel || sourceType.toLowerCase().replaceAll('_', ' '));
}
