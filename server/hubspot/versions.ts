// Every HubSpot address the app calls, as data: one version setting moves them all. It builds paths and calls nothing.

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type ObjectType = 'contacts' | 'companies' | 'deals' | 'notes' | 'tasks';

const routes = {
  oauthToken: 'POST /oauth/{v}/token',
  oauthIntrospect: 'POST /oauth/{v}/token/introspect',
  oauthRevoke: 'POST /oauth/{v}/token/revoke',
  uninstall: 'DELETE /appinstalls/{v}/external-install',
  accountDetails: 'GET /account-info/{v}/details',
  object: 'GET /crm/objects/{v}/{objectType}/{id}',
  objectsBatchRead: 'POST /crm/objects/{v}/{objectType}/batch/read',
  objectsBatchUpdate: 'POST /crm/objects/{v}/{objectType}/batch/update',
  objectsBatchCreate: 'POST /crm/objects/{v}/{objectType}/batch/create',
  associationsBatchRead: 'POST /crm/associations/{v}/{fromType}/{toType}/batch/read',
  properties: 'GET /crm/properties/{v}/{objectType}',
  property: 'GET /crm/properties/{v}/{objectType}/{name}',
  propertyCreate: 'POST /crm/properties/{v}/{objectType}',
  propertyGroup: 'GET /crm/properties/{v}/{objectType}/groups/{name}',
  propertyGroupCreate: 'POST /crm/properties/{v}/{objectType}/groups',
  pipelines: 'GET /crm/pipelines/{v}/{objectType}',
  callbacksComplete: 'POST /automation/actions/callbacks/{v}/complete',
  appEventsBatch: 'POST /integrators/timeline/{timelineVersion}/events/batch',
  projectEventType: 'POST /integrators/timeline/{timelineVersion}/types/projects',
  // Event templates never got a dated path: whoever owns templates stays on v3.
  templateEventsBatch: 'POST /integrators/timeline/v3/events/batch/create',
  templateEvent: 'GET /integrators/timeline/v3/events/{templateId}/{eventId}',
  eventTemplates: 'GET /integrators/timeline/v3/{appId}/event-templates',
  eventTemplateCreate: 'POST /integrators/timeline/v3/{appId}/event-templates',
} as const;

/** HubSpot published no 2026-09 path for timeline events; 2026-03 goes on answering. */
const timelineVersions: Record<string, string> = { '2026-09': '2026-03' };

/** Parameters that keep a metric label readable and are few; ids and names stay templates in the label. */
const shownInRoute = new Set(['objectType', 'fromType', 'toType']);

export interface Endpoint {
  method: Method;
  /** The address with its parameters left out: a metric label. */
  route: string;
  path: string;
}

export type EndpointOf = (name: keyof typeof routes, parameters?: Record<string, string>) => Endpoint;

/** `makeEndpoints('2026-03')('objectsBatchRead', { objectType: 'contacts' })` */
export function makeEndpoints(version: string): EndpointOf {
  const versions = { v: version, timelineVersion: timelineVersions[version] ?? version };
  return (name, parameters = {}) => {
    const values: Record<string, string> = { ...parameters, ...versions };
    const template = routes[name];
    const [method, pathTemplate] = template.split(' ') as [Method, string];
    return {
      method,
      route: fill(template, (key) => (shownInRoute.has(key) ? values[key] : undefined)),
      path: fill(pathTemplate, (key) => encodeURIComponent(values[key] ?? missing(name, key))),
    };
  };
}

/** Calls that change nothing at HubSpot, whatever their method: safe to repeat without asking what became of the first. */
export function isRead({ method, path }: Pick<Endpoint, 'method' | 'path'>): boolean {
  return method === 'GET' || /\/(batch\/read|search|introspect|types\/projects)$/.test(path);
}

/** Search has its own budget of calls, outside the portal's. */
export function isSearch({ path }: Pick<Endpoint, 'path'>): boolean {
  return path.endsWith('/search');
}

function fill(template: string, valueOf: (key: string) => string | undefined): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, key: string) => valueOf(key) ?? placeholder);
}

function missing(name: string, key: string): never {
  throw new TypeError(`The address ${name} needs the parameter ${key}.`);
}
