// The operations that pages in a browser may call: with the public key in the query, from an allowed origin, without a scope.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { publicConversionReplySchema, publicConversionSchema, publicKeyQuerySchema } from './conversion.ts';
import { errorReplySchema } from './error.ts';

const refusals: Record<string, string> = {
  '400': 'The conversion is not valid; `field` names the part at fault.',
  '401': 'The public key is not known.',
  '403': 'The page is of an origin that the workspace does not allow.',
  '409': 'A conversion of this id with other content was accepted before.',
  '413': 'More than 16 kB.',
  '429': 'Too many conversions from one address; see Retry-After.',
  '503': 'The store does not answer; nothing was kept.',
};

export const publicPaths: ZodOpenApiPathsObject = {
  '/v1/public/conversions': {
    post: {
      operationId: 'postPublicConversions',
      summary: 'Report a conversion from a page',
      description:
        'What `/elido.js` sends. The body is JSON declared as text, so that browsers send it without asking first. Needs an `Origin` that the workspace allows.',
      security: [{ publicKey: [] }],
      requestParams: { query: publicKeyQuerySchema },
      requestBody: { required: true, content: { 'text/plain': { schema: publicConversionSchema } } },
      responses: {
        '202': {
          description: 'The conversion is safe.',
          content: { 'application/json': { schema: publicConversionReplySchema } },
        },
        ...Object.fromEntries(
          Object.entries(refusals).map(([status, description]) => [
            status,
            { description, content: { 'application/json': { schema: errorReplySchema } } },
          ]),
        ),
      },
    },
  },
};
