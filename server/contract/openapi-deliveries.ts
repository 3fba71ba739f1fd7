// The part of the OpenAPI document that is about the delivery log.
import type { ZodOpenApiPathsObject } from 'zod-openapi';
import { z } from 'zod';
import { deliveryListSchema, explanationSchema, exportQuerySchema, logQuerySchema } from './delivery-log.ts';
import { operation } from './openapi-operation.ts';
import { newReplaySchema, postReplayReplySchema, replaySchema } from './replay.ts';

export const deliveryPaths: ZodOpenApiPathsObject = {
  '/v1/deliveries': {
    get: operation({
      id: 'getDeliveries',
      summary: 'The delivery log, newest first',
      scope: 'deliveries:read',
      query: logQuerySchema,
      reply: { status: '200', schema: deliveryListSchema, description: 'A page: one row per event and connection.' },
      refusals: ['400'],
    }),
  },
  '/v1/deliveries/export': {
    get: operation({
      id: 'exportDeliveries',
      summary: 'The delivery log as a file',
      scope: 'deliveries:read',
      query: exportQuerySchema,
      reply: {
        status: '200',
        schema: z.string(),
        description:
          'Streamed. The trailers X-Export-Rows and X-Export-Complete say how it ended; an incomplete file ends with a notice.',
        contentTypes: ['text/csv', 'application/x-ndjson'],
      },
      refusals: ['400'],
    }),
  },
  '/v1/deliveries/replay': {
    post: operation({
      id: 'replayDeliveries',
      summary: 'Send again what was skipped or died',
      scope: 'deliveries:write',
      body: newReplaySchema,
      reply: {
        status: '202',
        schema: postReplayReplySchema,
        description: 'The replay, which runs by itself; or, with `preview`, what it would do.',
      },
    }),
  },
  '/v1/replays/{replay_id}': {
    get: operation({
      id: 'getReplay',
      summary: 'How far a replay has come',
      scope: 'deliveries:read',
      path: 'replay_id',
      reply: { status: '200', schema: replaySchema, description: 'The replay.' },
      refusals: ['404'],
    }),
  },
  '/v1/replays/{replay_id}/cancel': {
    post: operation({
      id: 'cancelReplay',
      summary: 'Stop a replay',
      scope: 'deliveries:write',
      path: 'replay_id',
      reply: { status: '200', schema: replaySchema, description: 'What it had queued until then is still sent.' },
      refusals: ['404'],
    }),
  },
  '/v1/events/{event_id}/explanation': {
    get: operation({
      id: 'explainEvent',
      summary: 'Why an event is, or is not, on the timeline',
      scope: 'deliveries:read',
      path: 'event_id',
      reply: { status: '200', schema: explanationSchema, description: 'The story of the event, per connection.' },
      refusals: ['400'],
    }),
  },
};
