// What `GET /v1/live` sends: server-sent events whose `data` is one of these, by the name of the event.
import { z } from 'zod';
import { connectionSchema } from './connection.ts';
import { deliverySchema } from './delivery.ts';
import { linkImportSchema } from './import.ts';
import { replaySchema } from './replay.ts';

export const liveEventSchemas = {
  /** First of all: what follows is complete from here on. */
  ready: z.object({ resumed: z.boolean() }),
  /** The stream could not go on where it stopped: read again what you show. */
  reset: z.object({}),
  /** A delivery among the newest 200 of the workspace is new or has moved. */
  delivery: deliverySchema,
  connection: connectionSchema,
  replay: replaySchema,
  link_import: linkImportSchema,
  /** The last event: the session or key has ended. Do not come back. */
  goodbye: z.object({ reason: z.enum(['signed_out', 'shutting_down']) }),
};

export type LiveEventName = keyof typeof liveEventSchemas;
export type LiveEvent = {
  [Name in LiveEventName]: { name: Name; data: z.infer<(typeof liveEventSchemas)[Name]> };
}[LiveEventName];

export const liveStreamSchema = z.string().meta({
  description:
    'Events `ready`, `reset`, `delivery`, `connection`, `replay`, `link_import` and `goodbye`, with JSON as data in the shapes of the other operations. A comment every 15 seconds. `Last-Event-ID` goes on where a stream broke.',
});
