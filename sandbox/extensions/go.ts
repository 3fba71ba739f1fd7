/** Where the switches of a preview page lead: the same page of the chosen account and record, in the chosen view. Pure. */
import * as z from 'zod';
import { findRecord, tableOf } from '../state/lookups.ts';
import type { SandboxState } from '../state/sandbox-state.ts';
import { readView, viewQuery } from './view.ts';

const goSchema = z.object({
  kind: z.enum(['record', 'settings', 'home']).catch('record'),
  portal: z.coerce.number().int().catch(0),
  type: z.enum(['0-1', '0-2', '0-3']).catch('0-1'),
  record: z.string().max(20).catch(''),
  app: z.coerce.number().int().catch(0),
});

export function goTo(state: SandboxState, query: unknown): string {
  const { kind, portal: portalId, type, record: id, app } = goSchema.parse(query);
  const portal = state.portals.get(portalId);
  if (!portal) return '/';
  const view = viewQuery(readView(query));
  if (kind === 'settings') return `/integrations-settings/${portalId}/installed/${app}${view}`;
  if (kind === 'home') return `/app/${portalId}/${app}${view}`;
  const table = tableOf(portal, type);
  const record = findRecord(table, id) ?? table.records.values().next().value;
  return record ? `/contacts/${portalId}/record/${type}/${record.id}${view}` : `/portals/${portalId}`;
}
