// The OpenAPI 3.1 document of the Card API, made from `cardOperations`. docs/card-openapi.json is a copy that a check compares.
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { cardOperations, type CardOperation } from './card.ts';
import { errorReplySchema } from './error.ts';

const refusals: Record<string, string> = {
  '400': 'The request is not valid; `field` names the part at fault.',
  '401': 'Not signed by HubSpot for this app, or outside the five minutes.',
  '403': 'This person may look and not change.',
  '404': 'The account has no such thing.',
  '409': 'It conflicts with what is there.',
  '422': 'It cannot work in the account; the message and `details` say why.',
  '429': 'Too many requests of this account; see Retry-After.',
  '503': 'The store does not answer; nothing was changed.',
};

/** What HubSpot appends and signs. */
const identity = z.object({
  portalId: z.string(),
  userId: z.string(),
  userEmail: z.string(),
  appId: z.string().optional(),
});

function operationOf({ id, summary, path, query, body, reply }: CardOperation): ZodOpenApiOperationObject {
  const json = (schema: z.ZodType) => ({ content: { 'application/json': { schema } } });
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const pathParameters =
    names.length > 0 ? { path: z.object(Object.fromEntries(names.map((name) => [name, z.string()]))) } : {};
  return {
    operationId: id,
    summary,
    requestParams: { ...pathParameters, query: z.object({ ...query?.shape, ...identity.shape }) },
    ...(body ? { requestBody: { required: true, ...json(body) } } : {}),
    responses: {
      '200': { description: summary, ...json(reply) },
      ...Object.fromEntries(
        Object.entries(refusals).map(([status, description]) => [status, { description, ...json(errorReplySchema) }]),
      ),
    },
  };
}

/** Plain data, the same at every call. */
export function makeCardDocument(): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const one of cardOperations) {
    const path = `/card/v1${one.path}`;
    paths[path] = { ...paths[path], [one.method]: operationOf(one) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Elido for HubSpot: Card API',
      version: '1',
      description:
        'What the cards and pages inside HubSpot ask. Called by `hubspot.fetch` only: HubSpot appends who asks and signs the request.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    paths,
  });
}
