/** What happened to records since somebody last asked: the raw material of webhooks. Plain data. */
import type { ObjectTypeId, PropertyVersion } from './crm.ts';

type ChangeBase = { typeId: ObjectTypeId; at: number; sourceType: PropertyVersion['sourceType']; sourceId: string };

export type RecordChange =
  | (ChangeBase & { kind: 'creation' | 'deletion' | 'restore' | 'privacyDeletion'; objectId: string })
  | (ChangeBase & { kind: 'propertyChange'; objectId: string; name: string; value: string })
  | (ChangeBase & { kind: 'merge'; primaryId: string; mergedIds: string[]; newId: string; moved: number });
