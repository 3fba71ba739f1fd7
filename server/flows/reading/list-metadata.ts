// Properties and pipelines of the portal behind a connection, for people who choose one.
import type { z } from 'zod';
import type { pipelinesReplySchema, propertiesReplySchema } from '../../contract/portal-metadata.ts';
import type { Context } from '../context.ts';
import { findActiveConnection } from '../rules/find-connection.ts';
import { readMetadata } from './portal-metadata.ts';
import { pipelineReply, propertyReply } from './property-reply.ts';

interface Listed {
  workspaceId: string;
  connectionId: string;
  refresh: boolean;
}

export async function listProperties(
  context: Context,
  { object, refresh, ...key }: Listed & { object: 'contacts' | 'deals' },
): Promise<z.infer<typeof propertiesReplySchema>> {
  const { portalId } = await findActiveConnection(context, key);
  const { value, readAt } = await readMetadata(context, { portalId, kind: object, refresh });
  const shown = value.filter(({ hidden }) => !hidden);
  return { object, properties: shown.map((one) => propertyReply(one, object)), read_at: readAt.toISOString() };
}

export async function listPipelines(
  context: Context,
  { refresh, ...key }: Listed,
): Promise<z.infer<typeof pipelinesReplySchema>> {
  const { portalId } = await findActiveConnection(context, key);
  const { value, readAt } = await readMetadata(context, { portalId, kind: 'pipelines', refresh });
  return { pipelines: value.map(pipelineReply), read_at: readAt.toISOString() };
}
