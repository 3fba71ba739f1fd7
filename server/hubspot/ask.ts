// One call and its reply as the type we expect. A reply of another shape is said to be one, with the fields at fault.
import type { z } from 'zod';
import { CodedError } from '../errors.ts';
import type { HubSpotRequest, PortalApi } from './portal.ts';

export async function ask<T>(portal: PortalApi, request: HubSpotRequest, schema: z.ZodType<T>): Promise<T> {
  const { status, body } = await portal.call(request);
  return readReply({ schema, body, status, route: request.route });
}

export function readReply<T>(reply: { schema: z.ZodType<T>; body: unknown; status: number; route: string }): T {
  const parsed = reply.schema.safeParse(reply.body);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 5).map((issue) => issue.path.join('.') || '(whole body)');
  throw new CodedError(
    'hubspot_malformed_reply',
    `HubSpot's answer to ${reply.route} has another shape than documented: ${fields.join(', ')}.`,
    {
      details: { status: reply.status, correlationId: null, route: reply.route, fields },
    },
  );
}
