/** What the page needs to run one extension: its script, its context as HubSpot would make it, and what it may open. */
import type { App } from '../state/oauth.ts';
import type { Portal } from '../state/portal.ts';
import type { BuiltExtension, Project } from './project.ts';
import type { View, Viewer } from './view.ts';

export const previewPath = '/sandbox/preview';

export type Place = {
  project: Project;
  app: App;
  portal: Portal;
  viewer: Viewer;
  view: View;
  /** Record locations only. */
  record?: { id: string; typeId: string };
  /** App pages only. */
  page?: { path: string; base: string };
};

const locales = { en: 'en-us', de: 'de-de', fr: 'fr-fr' } as const;

/** Plain data for `data-extension`; the page's protocol.ts names its parts. */
export function placeExtension(extension: BuiltExtension, place: Place) {
  const { project, app, portal, viewer, view, record, page } = place;
  return {
    uid: extension.uid,
    title: extension.name,
    script: `${previewPath}/extensions/${extension.file}`,
    worker: `${previewPath}/worker.js`,
    iframeUrls: project.permitted.iframe,
    network: view.network,
    ...(page ? { page } : {}),
    context: {
      location: extension.location,
      user: {
        id: viewer.userId,
        email: viewer.email,
        emails: [viewer.email],
        firstName: viewer.firstName,
        lastName: viewer.lastName,
        roles: [],
        teams: [],
        locale: locales[view.lang],
        language: view.lang,
        permissions: viewer.superAdmin ? ['integrations-management-write'] : [],
      },
      portal: { id: portal.portalId, timezone: portal.timeZone },
      ...(record ? { crm: { objectId: Number(record.id), objectTypeId: record.typeId } } : {}),
      extension: { appId: app.appId, appName: app.name, cardTitle: extension.name },
      variables: project.variables,
    },
  };
}
