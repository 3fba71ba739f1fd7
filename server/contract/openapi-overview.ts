// The part of the OpenAPI document about how it is going: the overview, and the live stream.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { liveStreamSchema } from './live.ts';
import { operation } from './openapi-operation.ts';
import { overviewQuerySchema, overviewSchema } from './overview.ts';

export const overviewPaths: ZodOpenApiPathsObject = {
  '/v1/overview': {
    get: operation({
      id: 'getOverview',
      summary: 'How it is going, and what needs you',
      scope: 'workspace:read',
      query: overviewQuerySchema,
      reply: { status: '200', schema: overviewSchema, description: 'Needs, days, portals.' },
      refusals: ['400'],
    }),
  },
  '/v1/live': {
    get: operation({
      id: 'getLive',
      summary: 'What happens, as it happens',
      scope: 'workspace:read',
      reply: {
        status: '200',
        schema: liveStreamSchema,
        description: 'A stream of server-sent events.',
        contentTypes: ['text/event-stream'],
      },
    }),
  },
};
