// The part of the OpenAPI document about what a portal has: properties, pipelines, and trying a field mapping on a contact.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { operation } from './openapi-operation.ts';
import {
  fieldMappingTrySchema,
  pipelinesQuerySchema,
  pipelinesReplySchema,
  propertiesQuerySchema,
  propertiesReplySchema,
  tryFieldMappingSchema,
} from './portal-metadata.ts';
import { recordNamesQuerySchema, recordNamesSchema } from './record-names.ts';

export const metadataPaths: ZodOpenApiPathsObject = {
  '/v1/connections/{connection_id}/properties': {
    get: operation({
      id: 'getProperties',
      summary: 'List the properties of the HubSpot account, and what can be mapped to each',
      scope: 'connections:read',
      path: 'connection_id',
      query: propertiesQuerySchema,
      reply: { status: '200', schema: propertiesReplySchema, description: 'As read at most 15 minutes ago.' },
      refusals: ['400', '404'],
    }),
  },
  '/v1/connections/{connection_id}/pipelines': {
    get: operation({
      id: 'getPipelines',
      summary: 'List the deal pipelines of the HubSpot account and their stages',
      scope: 'connections:read',
      path: 'connection_id',
      query: pipelinesQuerySchema,
      reply: { status: '200', schema: pipelinesReplySchema, description: 'As read at most 15 minutes ago.' },
      refusals: ['400', '404'],
    }),
  },
  '/v1/connections/{connection_id}/record-names': {
    get: operation({
      id: 'getRecordNames',
      summary: 'What contacts and deals are called',
      scope: 'deliveries:read',
      path: 'connection_id',
      query: recordNamesQuerySchema,
      reply: {
        status: '200',
        schema: recordNamesSchema,
        description: 'As events last met them; HubSpot is not asked. Erased with the contact.',
      },
      refusals: ['400', '404'],
    }),
  },
  '/v1/connections/{connection_id}/field-mapping/try': {
    post: operation({
      id: 'postFieldMappingTry',
      summary: 'See what a field mapping would change on a real contact',
      scope: 'connections:read',
      path: 'connection_id',
      body: tryFieldMappingSchema,
      reply: {
        status: '200',
        schema: fieldMappingTrySchema,
        description: 'Before and after, row by row. Nothing is written.',
      },
      refusals: ['404'],
    }),
  },
};
