// The names of contacts and deals, as events last met them. HubSpot is not asked.
import type { RecordNames } from '../../contract/record-names.ts';
import type { Context } from '../context.ts';
import { readConnection } from '../list-connections.ts';

interface Asked {
  workspaceId: string;
  connectionId: string;
  contactIds: readonly string[];
  dealIds: readonly string[];
}

export async function readRecordNames(
  context: Context,
  { workspaceId, connectionId, contactIds, dealIds }: Asked,
): Promise<RecordNames> {
  const { portalId } = (await readConnection(context, { workspaceId, connectionId })).connection;
  const { seenRecords } = context.store;
  const [contacts, deals] = await Promise.all([
    seenRecords.namesOf({ portalId, contactIds }),
    seenRecords.deals({ portalId, dealIds }),
  ]);
  return {
    contacts: [...contacts].flatMap(([id, name]) => (name ? [{ id, name }] : [])),
    deals: [...deals].flatMap(([id, { name }]) => (name ? [{ id, name }] : [])),
  };
}
