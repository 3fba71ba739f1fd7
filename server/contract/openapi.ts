// The OpenAPI 3.1 document, made from the same schemas that check the requests. docs/openapi.json is a copy that a check compares.
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { clicksReplySchema, postClicksSchema } from './click.ts';
import {
  connectionChangeSchema,
  connectionListSchema,
  connectionSchema,
  disconnectReplySchema,
  installLinkSchema,
} from './connection.ts';
import { contactLinkReplySchema, contactLinkSchema } from './contact.ts';
import { conversionsReplySchema, postConversionsSchema } from './conversion.ts';
import { fieldMappingSchema } from './field-mapping.ts';
import { formSubmissionReplySchema, formSubmissionSchema } from './form-submission.ts';
import { linkChangeSchema, linkListQuerySchema, linkListSchema, linkSchema, newLinkSchema } from './link.ts';
import { consolePaths } from './openapi-console.ts';
import { deliveryPaths } from './openapi-deliveries.ts';
import { metadataPaths } from './openapi-metadata.ts';
import { rulePaths } from './openapi-rules.ts';
import { importPaths } from './openapi-imports.ts';
import { overviewPaths } from './openapi-overview.ts';
import { operation } from './openapi-operation.ts';
import { publicPaths } from './openapi-public.ts';

const paths: ZodOpenApiPathsObject = {
  ...publicPaths,
  '/v1/clicks': {
    post: operation({
      id: 'postClicks',
      summary: 'Hand over clicks',
      scope: 'clicks:write',
      body: postClicksSchema,
      reply: {
        status: '202',
        schema: clicksReplySchema,
        description: 'The clicks are safe; each row has its receipt.',
      },
    }),
  },
  '/v1/conversions': {
    post: operation({
      id: 'postConversions',
      summary: 'Hand over conversions',
      scope: 'conversions:write',
      body: postConversionsSchema,
      reply: {
        status: '202',
        schema: conversionsReplySchema,
        description: 'The conversions are safe; each row has its receipt.',
      },
      refusals: ['409'],
    }),
  },
  '/v1/form-submissions': {
    post: operation({
      id: 'postFormSubmissions',
      summary: 'Tell whose click it was',
      scope: 'submissions:write',
      body: formSubmissionSchema,
      reply: { status: '202', schema: formSubmissionReplySchema, description: 'The submission is safe.' },
    }),
  },
  '/v1/links': {
    post: operation({
      id: 'postLinks',
      summary: 'Make a short link',
      scope: 'links:write',
      body: newLinkSchema,
      reply: { status: '201', schema: linkSchema, description: 'The link.' },
      refusals: ['409'],
    }),
    get: operation({
      id: 'getLinks',
      summary: 'List short links, newest first',
      scope: 'links:read',
      query: linkListQuerySchema,
      reply: { status: '200', schema: linkListSchema, description: 'A page of links.' },
      refusals: ['400'],
    }),
  },
  '/v1/links/{link_id}': {
    get: operation({
      id: 'getLink',
      summary: 'Read a short link',
      scope: 'links:read',
      path: 'link_id',
      reply: { status: '200', schema: linkSchema, description: 'The link.' },
      refusals: ['404'],
    }),
    patch: operation({
      id: 'patchLink',
      summary: 'Change a short link',
      scope: 'links:write',
      path: 'link_id',
      body: linkChangeSchema,
      reply: { status: '200', schema: linkSchema, description: 'The link after the change.' },
      refusals: ['404'],
    }),
    delete: operation({
      id: 'deleteLink',
      summary: 'Archive a short link',
      scope: 'links:write',
      path: 'link_id',
      reply: { status: '200', schema: linkSchema, description: 'The archived link. Its slug answers 410 from now on.' },
      refusals: ['404'],
    }),
  },
  '/v1/contacts/{elido_contact_id}': {
    put: operation({
      id: 'putContact',
      summary: 'Say which HubSpot contact an Elido contact is',
      scope: 'contacts:write',
      path: 'elido_contact_id',
      body: contactLinkSchema,
      reply: { status: '200', schema: contactLinkReplySchema, description: 'Known from now on.' },
    }),
  },
  '/v1/connections/install-links': {
    post: operation({
      id: 'postInstallLinks',
      summary: 'Make an address that connects a HubSpot account',
      scope: 'connections:write',
      reply: { status: '201', schema: installLinkSchema, description: 'Open it in a browser within the hour.' },
    }),
  },
  '/v1/connections/private-app': {
    post: operation({
      id: 'postPrivateApp',
      summary: 'Connect the account of the configured private app token',
      scope: 'connections:write',
      reply: {
        status: '201',
        schema: connectionSchema,
        description: 'The connection. HUBSPOT_PRIVATE_APP_TOKEN names the account; nothing is installed in it.',
      },
      refusals: ['409'],
    }),
  },
  '/v1/connections': {
    get: operation({
      id: 'getConnections',
      summary: 'List the connected HubSpot accounts and their health',
      scope: 'connections:read',
      reply: { status: '200', schema: connectionListSchema, description: 'All connections of the workspace.' },
    }),
  },
  '/v1/connections/{connection_id}': {
    get: operation({
      id: 'getConnection',
      summary: 'Read a connection and its health',
      scope: 'connections:read',
      path: 'connection_id',
      reply: { status: '200', schema: connectionSchema, description: 'The connection.' },
      refusals: ['404'],
    }),
    patch: operation({
      id: 'patchConnection',
      summary: 'Change, pause or resume a connection',
      scope: 'connections:write',
      path: 'connection_id',
      body: connectionChangeSchema,
      reply: { status: '200', schema: connectionSchema, description: 'The connection after the change.' },
      refusals: ['404', '409', '422'],
    }),
    delete: operation({
      id: 'deleteConnection',
      summary: 'Disconnect a HubSpot account',
      scope: 'connections:write',
      path: 'connection_id',
      reply: { status: '200', schema: disconnectReplySchema, description: 'Nothing is sent any more.' },
      refusals: ['404'],
    }),
  },
  '/v1/connections/{connection_id}/field-mapping': {
    get: operation({
      id: 'getFieldMapping',
      summary: 'Read the field mapping',
      scope: 'connections:read',
      path: 'connection_id',
      reply: { status: '200', schema: fieldMappingSchema, description: 'All rows.' },
      refusals: ['404'],
    }),
    put: operation({
      id: 'putFieldMapping',
      summary: 'Replace the field mapping',
      scope: 'connections:write',
      path: 'connection_id',
      body: fieldMappingSchema,
      reply: { status: '200', schema: fieldMappingSchema, description: 'All rows as stored.' },
      refusals: ['404', '422'],
    }),
  },
  ...metadataPaths,
  ...rulePaths,
  ...deliveryPaths,
  ...importPaths,
  ...overviewPaths,
  ...consolePaths,
};

/** Plain data, the same at every call. */
export function makeOpenapiDocument(): object {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Elido for HubSpot',
      version: '1',
      description: 'Short-link clicks on the timelines of HubSpot contacts and deals.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key: `elk_...`.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-elido_session',
          description: 'A person signed in to the console. Changing requests must come from its own pages.',
        },
        publicKey: {
          type: 'apiKey',
          in: 'query',
          name: 'key',
          description: 'The public key of a workspace: `elp_...`.',
        },
      },
    },
  });
}
