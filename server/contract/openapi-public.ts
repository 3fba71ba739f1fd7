// The operations that pages in a browser may call: with the public key in the query, from an allowed origin, without a scope.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { publicConversionReplySchema, publicConversionSchema, publicKeyQuerySchema } from './conversion.ts';
import { errorReplySchema } from './error.ts';
import { landingReplySchema, landingSchema } from './landing.ts';

/** In the words of what is reported. */
const refusalsOf = (thing: string): Record<string, string> => ({
  '400': `The ${thing} is not valid; \`field\` names the part at fault.`,
  '401': 'The public key is not known.',
  '403': 'The page is of an origin that the workspace does not allow.',
  '413': 'More than 16 kB.',
  '429': 'Too many reports from one address; see Retry-After.',
  '503': 'The store does not answer; nothing was kept.',
});
const conflict = { '409': 'A conversion of this id with other content was accepted before.' };

const replies = (descriptions: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(descriptions).map(([status, description]) => [
      status,
      { description, content: { 'application/json': { schema: errorReplySchema } } },
    ]),
  );

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
        ...replies({ ...refusalsOf('conversion'), ...conflict }),
      },
    },
  },
  '/v1/public/landings': {
    post: {
      operationId: 'postPublicLandings',
      summary: 'Tell that somebody touched a landing page',
      description:
        'What `/elido.js` sends once a page that carries `data-beacon` is touched: a sign of a person behind the click, within 30 minutes of it. A click that was taken for a machine before is judged again. Sent and answered like a conversion from a page; a click that is not known is no error.',
      security: [{ publicKey: [] }],
      requestParams: { query: publicKeyQuerySchema },
      requestBody: { required: true, content: { 'text/plain': { schema: landingSchema } } },
      responses: {
        '202': { description: 'It was noted.', content: { 'application/json': { schema: landingReplySchema } } },
        ...replies(refusalsOf('landing')),
      },
    },
  },
};
