// One operation of the OpenAPI document: what every route has in common (key, scope, refusals) is said here once.
import { z } from 'zod';
import type { ZodOpenApiOperationObject } from 'zod-openapi';
import type { ApiScope } from './api-scopes.ts';
import { errorReplySchema } from './error.ts';

interface Operation {
  id: string;
  summary: string;
  /** `person`: for whoever is signed in, about their own things; no API key will do. */
  scope: ApiScope | 'person';
  body?: z.ZodType;
  /** JSON when left out. */
  bodyType?: string;
  query?: z.ZodObject;
  path?: string;
  reply: {
    status: '200' | '201' | '202';
    schema: z.ZodType;
    description: string;
    /** JSON when left out. */
    contentTypes?: readonly string[];
  };
  refusals?: string[];
}

const refusalTexts: Record<string, string> = {
  '400': 'The request is not valid; `field` names the part at fault.',
  '401': 'Nobody is signed in, or the key is missing, unknown or revoked.',
  '403': 'The key or the role lacks the scope, or the request comes from another site.',
  '404': 'The workspace has no such thing.',
  '409': 'It conflicts with what is there.',
  '413': 'More than 1 MB, or more rows than one request may carry.',
  '422': 'It cannot work in the portal; the message and `details` say why.',
  '429': 'Too many requests; see Retry-After.',
  '503': 'The store does not answer; nothing was changed.',
};

export function operation({
  id,
  summary,
  scope,
  body,
  bodyType = 'application/json',
  query,
  path,
  reply,
  refusals = [],
}: Operation): ZodOpenApiOperationObject {
  const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const contentTypes = reply.contentTypes ?? ['application/json'];
  const statuses = ['401', '403', '429', '503', ...(body ? ['400', '413'] : []), ...refusals];
  const errors = statuses
    .sort()
    .map((status) => [status, { description: refusalTexts[status], ...json(errorReplySchema) }]);
  return {
    operationId: id,
    summary,
    description: scope === 'person' ? 'For signed-in people only.' : `Needs the scope \`${scope}\`.`,
    security: scope === 'person' ? [{ session: [] }] : [{ apiKey: [] }, { session: [] }],
    ...(path || query
      ? { requestParams: { ...(path ? { path: z.object({ [path]: z.string() }) } : {}), ...(query ? { query } : {}) } }
      : {}),
    ...(body ? { requestBody: { required: true, content: { [bodyType]: { schema: body } } } } : {}),
    responses: {
      [reply.status]: {
        description: reply.description,
        content: Object.fromEntries(contentTypes.map((type) => [type, { schema: reply.schema }])),
      },
      ...Object.fromEntries(errors),
    },
  };
}
