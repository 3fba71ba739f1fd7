// JSON Schemas for the `config` of each component, by HubSpot's internal name of its type. HubSpot gives its own only to those who have an
// account; these are made from its documentation and templates, and are a floor: what passes here can still be refused at an upload.
import type { AnySchema } from '@hubspot/project-parsing-lib/schema';

type Schema = Record<string, unknown>;

const https = { type: 'string', pattern: '^https://(?!localhost)[^\\s?#]+$' };
const text = { type: 'string', minLength: 1 };
const active = { type: 'boolean' };
const scopes = { type: 'array', items: { type: 'string', pattern: '^[a-z0-9._-]+$' }, uniqueItems: true };
const addresses = { type: 'array', items: https, uniqueItems: true };

function object(properties: Schema, required: string[] = [], more: Schema = {}): Schema {
  return { type: 'object', properties, required, additionalProperties: false, ...more };
}

function list(properties: Schema, required: string[]): Schema {
  return { type: 'array', items: object(properties, required) };
}

const application = object(
  {
    name: { type: 'string', maxLength: 200, pattern: '^\\S(.*\\S)?$' },
    description: { type: 'string', minLength: 1, maxLength: 8_192 },
    logo: { type: 'string', pattern: '^/app/.+\\.(png|jpe?g|gif)$' },
    distribution: { enum: ['marketplace', 'private'] },
    isUserLevel: active,
    auth: object(
      {
        type: { const: 'oauth' },
        redirectUrls: {
          type: 'array',
          minItems: 1,
          items: { type: 'string', pattern: '^(https://|http://localhost(:\\d+)?(/|$))' },
        },
        requiredScopes: { ...scopes, minItems: 1 },
        optionalScopes: scopes,
        conditionallyRequiredScopes: scopes,
      },
      ['type', 'redirectUrls', 'requiredScopes'],
    ),
    permittedUrls: object({ fetch: addresses, iframe: addresses, img: addresses }),
    support: object({
      supportEmail: { type: 'string', pattern: '^[^@\\s]+@[^@\\s]+$' },
      documentationUrl: https,
      supportUrl: https,
      supportPhone: { type: 'string', pattern: '^\\+' },
    }),
  },
  ['name', 'description', 'logo', 'distribution', 'auth', 'permittedUrls', 'support'],
);

const entrypoint = (folder: string) => ({ type: 'string', pattern: `^/app/${folder}/[^/]+\\.(jsx|tsx|js|ts)$` });

const card = object(
  {
    name: { ...text, maxLength: 50 },
    description: { ...text, maxLength: 200 },
    previewImage: object({ file: { type: 'string', pattern: '\\.(png|jpe?g|gif)$' }, altText: text }, [
      'file',
      'altText',
    ]),
    entrypoint: entrypoint('cards'),
    location: { enum: ['crm.record.tab', 'crm.record.sidebar', 'crm.preview', 'helpdesk.sidebar'] },
    objectTypes: { type: 'array', minItems: 1, items: text },
  },
  ['name', 'entrypoint', 'location', 'objectTypes'],
);

const kinds = ['creation', 'deletion', 'merge', 'restore', 'propertyChange', 'associationChange'];
const hubEvents =
  '^(contact\\.privacyDeletion|conversation\\.(creation|deletion|newMessage|privacyDeletion|propertyChange))$';
const webhooks = object(
  {
    settings: object({ targetUrl: https, maxConcurrentRequests: { type: 'integer', minimum: 6 } }, [
      'targetUrl',
      'maxConcurrentRequests',
    ]),
    subscriptions: object({
      crmObjects: list(
        {
          subscriptionType: { enum: kinds.map((kind) => `object.${kind}`) },
          objectType: text,
          propertyName: text,
          active,
        },
        ['subscriptionType', 'objectType', 'active'],
      ),
      legacyCrmObjects: list({ subscriptionType: text, propertyName: text, active }, ['subscriptionType', 'active']),
      hubEvents: list({ subscriptionType: { type: 'string', pattern: hubEvents }, active }, [
        'subscriptionType',
        'active',
      ]),
    }),
  },
  ['settings', 'subscriptions'],
);

const option = object({ value: text, label: text, displayOrder: { type: 'integer' } }, ['value', 'label']);
const eventProperty = object(
  {
    name: { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_]*$' },
    label: text,
    type: { enum: ['string', 'number', 'enumeration', 'date', 'datetime'] },
    options: { type: 'array', items: option },
  },
  ['name', 'label', 'type'],
);
const appEvent = object(
  {
    name: { type: 'string', minLength: 1, maxLength: 50 },
    objectType: { enum: ['CONTACT', 'COMPANY', 'DEAL', 'TICKET', 'APP_OBJECT'] },
    headerTemplate: { type: 'string', maxLength: 1_000 },
    detailTemplate: { type: 'string', maxLength: 10_000 },
    properties: { type: 'array', maxItems: 500, items: eventProperty },
  },
  ['name', 'objectType'],
);

const fieldTypes = [
  'string',
  'number',
  'bool',
  'enumeration',
  'date',
  'datetime',
  'object_coordinates',
  'phone_number',
  'json',
];
const typeDefinition = object(
  {
    name: { type: 'string', pattern: '^[a-z][a-z0-9_]*$' },
    type: { enum: fieldTypes },
    fieldType: text,
    options: { type: 'array', items: option },
    optionsUrl: https,
  },
  ['name', 'type'],
);
const inputs = list(
  {
    typeDefinition,
    supportedValueTypes: { type: 'array', minItems: 1, items: { enum: ['STATIC_VALUE', 'OBJECT_PROPERTY'] } },
    isRequired: { type: 'boolean' },
  },
  ['typeDefinition', 'supportedValueTypes', 'isRequired'],
);
const words = { type: 'object', additionalProperties: text };
const actionLabels = object(
  {
    actionName: { ...text, maxLength: 50 },
    actionDescription: text,
    actionCardContent: text,
    appDisplayName: text,
    inputFieldLabels: words,
    inputFieldDescriptions: words,
    inputFieldOptionLabels: { type: 'object' },
    outputFieldLabels: words,
  },
  ['actionName', 'actionDescription', 'actionCardContent'],
);
const workflowAction = object(
  {
    actionUrl: https,
    isPublished: { type: 'boolean' },
    supportedClients: list({ client: { enum: ['WORKFLOWS', 'AGENTS'] } }, ['client']),
    inputFields: inputs,
    outputFields: list({ typeDefinition }, ['typeDefinition']),
    labels: { type: 'object', required: ['en'], additionalProperties: actionLabels },
    objectTypes: { type: 'array', minItems: 1, items: { enum: ['CONTACT', 'COMPANY', 'DEAL', 'TICKET'] } },
  },
  ['actionUrl', 'isPublished', 'supportedClients', 'inputFields', 'labels', 'objectTypes'],
);

export const hsmetaSchemas = {
  APPLICATION: application,
  CARD: card,
  SETTINGS: object({ entrypoint: entrypoint('settings') }, ['entrypoint']),
  PAGE: object({ entrypoint: entrypoint('pages') }, ['entrypoint']),
  WEBHOOKS: webhooks,
  APP_EVENT: appEvent,
  WORKFLOW_ACTION: workflowAction,
} satisfies Record<string, AnySchema>;
