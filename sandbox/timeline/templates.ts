/** v3 event templates: made with the developer key of the app. Closed to apps that own none, unless the switch opens them. */
import * as z from 'zod';
import { apiError, resourceNotFound, validationError } from '../http/api-error.ts';
import { created, noContent, ok, type OpenCall, type OpenRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import { authenticate, requireScope } from '../middleware/authenticate.ts';
import type { App } from '../state/oauth.ts';
import type { EventProperty, EventType } from '../state/timeline.ts';

const TEMPLATES_MAX = 750;
/** Names Handlebars keeps for its own helpers. */
const RESERVED = ['log', 'lookup'];

const objectTypeIds = { contacts: '0-1', companies: '0-2', deals: '0-3' } as const;

const tokenSchema = z
  .object({
    name: z.string().regex(/^[A-Za-z0-9._-]+$/),
    label: z.string(),
    type: z.enum(['string', 'number', 'date', 'enumeration']),
    options: z.array(z.object({ value: z.string(), label: z.string() })).default([]),
    objectPropertyName: z.string().nullish(),
  })
  .refine(({ name }) => !RESERVED.includes(name), 'is a reserved name')
  .refine(({ type, options }) => type !== 'enumeration' || options.length > 0, 'an enumeration needs options');

const templateSchema = z.object({
  name: z.string().min(1),
  objectType: z.enum(['contacts', 'companies', 'deals']).default('contacts'),
  headerTemplate: z.string().default(''),
  detailTemplate: z.string().default(''),
  tokens: z.array(tokenSchema).default([]),
});

const toProperty = (token: z.infer<typeof tokenSchema>): EventProperty => ({
  ...token,
  objectPropertyName: token.objectPropertyName ?? null,
});

function presentToken({ objectPropertyName, ...token }: EventProperty) {
  return objectPropertyName === null ? token : { ...token, objectPropertyName };
}

function presentTemplate(type: EventType) {
  const name = Object.entries(objectTypeIds).find(([, id]) => id === type.objectTypeId)?.[0];
  return {
    id: type.key,
    name: type.name,
    objectType: name,
    headerTemplate: type.headerTemplate,
    detailTemplate: type.detailTemplate,
    tokens: type.properties.map(presentToken),
    createdAt: new Date(type.createdAt).toISOString(),
    updatedAt: new Date(type.updatedAt).toISOString(),
  };
}

/** By developer key, or by an app token with a developer scope. */
function appOf(call: OpenCall, write: boolean): App {
  const app = call.context.state.apps.get(Number(call.params['appId']));
  const key = call.query.get('hapikey');
  if (key !== null) {
    if (app !== undefined && app.developerKey === key) return app;
    throw apiError(401, { message: 'The API key provided is invalid.', category: 'INVALID_AUTHENTICATION' });
  }
  const { token } = authenticate(call.context, call.headers['authorization'], call.now);
  const anyOf = write ? ['developers-write'] : ['developers-read', 'developers-write'];
  requireScope(token, { anyOf, shape: 'objects' });
  if (app === undefined || token.appId !== app.appId) throw resourceNotFound();
  return app;
}

const templatesOf = (call: OpenCall, app: App): EventType[] =>
  [...call.context.state.eventTypes.values()].filter(
    ({ generation, appId }) => generation === 'v3-template' && appId === app.appId,
  );

function templateOf(call: OpenCall, write: boolean): EventType {
  const app = appOf(call, write);
  const type = call.context.state.eventTypes.get(`v3-template/${app.appId}/${call.params['templateId']}`);
  if (type === undefined) throw resourceNotFound();
  return type;
}

function uniqueTokens(properties: EventProperty[]): EventProperty[] {
  const names = new Set(properties.map(({ name }) => name));
  if (names.size < properties.length) throw validationError('Token names must be unique within a template');
  return properties;
}

function create(call: OpenCall): Reply {
  const app = appOf(call, true);
  const existing = templatesOf(call, app).length;
  if (existing === 0 && call.context.state.switches.timelineTemplates === 'closed') {
    throw apiError(403, {
      message: 'Timeline event templates can only be created by apps that own event templates already.',
      category: 'FORBIDDEN',
    });
  }
  if (existing >= TEMPLATES_MAX) throw validationError(`An app can have at most ${TEMPLATES_MAX} event templates`);
  const input = parseBody(templateSchema, call.body);
  const key = String(call.context.state.nextId);
  call.context.state.nextId += 1;
  const type: EventType = {
    generation: 'v3-template',
    appId: app.appId,
    key,
    fullyQualifiedName: key,
    name: input.name,
    objectTypeId: objectTypeIds[input.objectType],
    headerTemplate: input.headerTemplate,
    detailTemplate: input.detailTemplate,
    properties: uniqueTokens(input.tokens.map(toProperty)),
    createdAt: call.now,
    updatedAt: call.now,
  };
  call.context.state.eventTypes.set(`v3-template/${app.appId}/${key}`, type);
  return created(presentTemplate(type));
}

const replaceSchema = templateSchema
  .omit({ objectType: true })
  .extend({ id: z.string(), tokens: z.array(tokenSchema) });

/** Replaces everything but the object type, which is fixed. */
function replace(call: OpenCall): Reply {
  const type = templateOf(call, true);
  const { name, headerTemplate, detailTemplate, tokens } = parseBody(replaceSchema, call.body);
  const properties = uniqueTokens(tokens.map(toProperty));
  Object.assign(type, { name, headerTemplate, detailTemplate, properties, updatedAt: call.now });
  return ok(presentTemplate(type));
}

function remove(call: OpenCall): Reply {
  const type = templateOf(call, true);
  call.context.state.eventTypes.delete(`v3-template/${type.appId}/${type.key}`);
  return noContent;
}

function addToken(call: OpenCall): Reply {
  const type = templateOf(call, true);
  const property = toProperty(parseBody(tokenSchema, call.body));
  type.properties = uniqueTokens([...type.properties, property]);
  type.updatedAt = call.now;
  return ok(presentToken(property));
}

const changeSchema = z.object({
  label: z.string(),
  objectPropertyName: z.string().nullish(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
});

function tokenOf(call: OpenCall, type: EventType): EventProperty {
  const property = type.properties.find(({ name }) => name === call.params['tokenName']);
  if (property === undefined) throw resourceNotFound();
  return property;
}

function changeToken(call: OpenCall): Reply {
  const type = templateOf(call, true);
  const property = tokenOf(call, type);
  const input = parseBody(changeSchema, call.body);
  property.label = input.label;
  property.options = input.options ?? property.options;
  property.objectPropertyName = input.objectPropertyName ?? property.objectPropertyName;
  type.updatedAt = call.now;
  return ok(presentToken(property));
}

function removeToken(call: OpenCall): Reply {
  const type = templateOf(call, true);
  const property = tokenOf(call, type);
  type.properties = type.properties.filter((candidate) => candidate !== property);
  return noContent;
}

const base = '/integrators/timeline/:appId/event-templates';
const versions = ['v3'] as const;

export const templateRoutes: OpenRoute[] = [
  {
    method: 'get',
    path: base,
    versions,
    run: (call) => ok({ results: templatesOf(call, appOf(call, false)).map(presentTemplate) }),
  },
  { method: 'post', path: base, versions, run: create },
  { method: 'get', path: `${base}/:templateId`, versions, run: (call) => ok(presentTemplate(templateOf(call, false))) },
  { method: 'put', path: `${base}/:templateId`, versions, run: replace },
  { method: 'delete', path: `${base}/:templateId`, versions, run: remove },
  { method: 'post', path: `${base}/:templateId/tokens`, versions, run: addToken },
  { method: 'put', path: `${base}/:templateId/tokens/:tokenName`, versions, run: changeToken },
  { method: 'delete', path: `${base}/:templateId/tokens/:tokenName`, versions, run: removeToken },
];
