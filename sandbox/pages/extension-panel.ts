// Places for extensions on a page, the switches above them, and what stands there while nothing is built or the app is not installed.
import { placeExtension, previewPath, type Place } from '../extensions/place.ts';
import type { PreviewOptions } from '../extensions/options.ts';
import { readProject, type BuiltExtension, type Project } from '../extensions/project.ts';
import { languages, networks, themes, viewerOf, viewersOf, type View } from '../extensions/view.ts';
import type { App } from '../state/oauth.ts';
import { tableOf } from '../state/lookups.ts';
import { findObjectType } from '../state/object-types.ts';
import type { Portal } from '../state/portal.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { html, type Html } from './html.ts';
import { badge } from './layout.ts';
import { recordName, type PageTypeId } from './record-values.ts';

/** Everything to show extensions of one project in one account, or null when there is no project, app or user. */
export function findPlace(input: {
  state: SandboxState;
  preview: PreviewOptions | null;
  portal: Portal;
  view: View;
}): Place | null {
  const { state, preview, portal, view } = input;
  const project = preview && readProject(preview);
  const app = preview?.appId === undefined ? state.apps.values().next().value : state.apps.get(preview.appId);
  const viewer = viewerOf(portal, view);
  return project && app && viewer ? { project, app, portal, viewer, view } : null;
}

/** The extensions of a location; on a record, those for its kind. */
export function extensionsAt(project: Project, location: string, typeId?: string): BuiltExtension[] {
  return project.extensions.filter(
    (extension) =>
      extension.location === location &&
      (typeId === undefined || extension.objectTypes.some((name) => findObjectType(name)?.id === typeId)),
  );
}

/** What the page's head needs to know. */
export function frameFor({ project, view }: Place) {
  return {
    lang: view.lang,
    theme: view.theme,
    imageUrls: project.permitted.img,
    frameUrls: project.permitted.iframe,
  };
}

export function renderExtension(extension: BuiltExtension, place: Place): Html {
  return html`<section class="panel extension" aria-label="${extension.name}">
    <h2>${extension.name} <span class="muted small">${place.app.name}</span></h2>
    <div data-extension="${JSON.stringify(placeExtension(extension, place))}">
      <p class="muted">Extensions need JavaScript.</p>
    </div>
  </section>`;
}

/** HubSpot shows extensions of installed apps only; here they are shown all the same, so that this state can be seen. */
export function installNotice(state: SandboxState, { app, portal }: Place): Html | false {
  if (isInstalled(state, app, portal)) return false;
  return html`<p class="notice">
    ${app.name} is not installed in this account. HubSpot would show none of its extensions; they are shown here so that
    you see what they say.
  </p>`;
}

function isInstalled(state: SandboxState, app: App, portal: Portal): boolean {
  return state.installs.get(`${app.appId}/${portal.portalId}`)?.uninstalledAt === null;
}

type Choice = { value: string | number; label: string; selected: boolean };

function select(name: string, label: string, choices: readonly Choice[]): Html {
  return html`<label
    >${label}
    <select name="${name}">
      ${choices.map(
        ({ value, label, selected }) => html`<option value="${value}" ${selected && html`selected`}>${label}</option>`,
      )}
    </select></label
  >`;
}

const listed = (words: Readonly<Record<string, string>>, current: string): Choice[] =>
  Object.entries(words).map(([value, label]) => ({ value, label, selected: value === current }));

const recordsListed = 50;

/** The bar of switches. A plain form: it works without the script, and every view has an address. */
export function renderSwitches(
  state: SandboxState,
  place: Place,
  target: { kind: 'record'; typeId: PageTypeId; id: string } | { kind: 'settings' | 'home' },
): Html {
  const { portal, viewer, view, app } = place;
  const portals = [...state.portals.values()].map((one) => ({
    value: one.portalId,
    label: `${one.name}${isInstalled(state, app, one) ? '' : ' (not connected)'}`,
    selected: one === portal,
  }));
  const viewers = viewersOf(portal).map((one) => ({
    value: one.userId,
    label: `${one.firstName} ${one.lastName}, ${one.superAdmin ? 'super admin' : 'no admin rights'}`,
    selected: one.userId === viewer.userId,
  }));
  const records =
    target.kind === 'record'
      ? [...tableOf(portal, target.typeId).records.values()]
          .slice(0, recordsListed)
          .map((record) => ({ value: record.id, label: recordName(record), selected: record.id === target.id }))
      : null;
  return html`<form class="panel switches" action="${previewPath}/go" data-switches aria-label="Preview">
    <input type="hidden" name="kind" value="${target.kind}" />
    <input type="hidden" name="app" value="${app.appId}" />
    ${target.kind === 'record' && html`<input type="hidden" name="type" value="${target.typeId}" />`}
    <input type="hidden" name="tab" value="${view.tab}" />
    <strong>Preview ${badge('not HubSpot')}</strong>
    ${select('portal', 'Account', portals)} ${records && select('record', 'Record', records)}
    ${select('as', 'User', viewers)} ${select('lang', 'Language', listed(languages, view.lang))}
    ${select('theme', 'Theme', listed(themes, view.theme))}
    ${select('network', 'Network', listed(networks, view.network))}
    <button>Show</button>
  </form>`;
}
