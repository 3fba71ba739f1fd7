/** CRM records, property definitions, pipelines and owners as the sandbox stores them. Plain data and Maps only. */

/** HubSpot's object type ids: contacts, companies, deals, tasks, notes. */
export type ObjectTypeId = '0-1' | '0-2' | '0-3' | '0-27' | '0-46';

export type PropertyVersion = {
  value: string;
  timestamp: number;
  sourceType: 'INTEGRATION' | 'CRM_UI' | 'API' | 'CALCULATED' | 'MERGE_OBJECTS';
  sourceId: string;
  sourceLabel: string;
  updatedByUserId: number | null;
};

export type CrmRecord = {
  id: string;
  typeId: ObjectTypeId;
  /** Current values. A property that was never set, or was cleared, is absent. */
  values: Record<string, string>;
  /** Newest first. A cleared property has a version with an empty value. */
  history: Record<string, PropertyVersion[]>;
  createdAt: number;
  updatedAt: number;
  archived: boolean;
  archivedAt: number | null;
  /** Former ids that now answer with this record. */
  mergedIds: string[];
};

export type PropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration' | 'bool';

type PropertyOption = { label: string; value: string; displayOrder: number; hidden: boolean };

export type PropertyDefinition = {
  name: string;
  label: string;
  type: PropertyType;
  fieldType: string;
  groupName: string;
  description: string;
  options: PropertyOption[];
  displayOrder: number;
  hasUniqueValue: boolean;
  hidden: boolean;
  formField: boolean;
  calculated: boolean;
  externalOptions: boolean;
  hubspotDefined: boolean;
  readOnlyValue: boolean;
  archived: boolean;
  createdAt: number;
  updatedAt: number;
};

export type PropertyGroup = { name: string; label: string; displayOrder: number; archived: boolean };

/** Everything of one object type in one portal, with its indexes. */
export type ObjectTable = {
  typeId: ObjectTypeId;
  records: Map<string, CrmRecord>;
  /** Former id -> surviving id, from merges. */
  aliases: Map<string, string>;
  /** Unique property -> lower-cased value -> record id. Secondary e-mail addresses are in `email` too. */
  unique: Map<string, Map<string, string>>;
  properties: Map<string, PropertyDefinition>;
  groups: Map<string, PropertyGroup>;
};

export type AssociationLink = { typeId: number; category: 'HUBSPOT_DEFINED' | 'USER_DEFINED'; label: string | null };

/** `{fromTypeId}/{fromId}` -> to type -> to id -> the labels between them. Both directions are stored. */
export type AssociationTable = Map<string, Map<ObjectTypeId, Map<string, AssociationLink[]>>>;

export type PipelineStage = {
  id: string;
  label: string;
  displayOrder: number;
  isClosed: boolean;
  probability: string;
};

export type Pipeline = { id: string; label: string; displayOrder: number; stages: PipelineStage[] };

export type Owner = {
  id: string;
  email: string;
  firstName: string;
  lastName: string;
  userId: number;
  archived: boolean;
  createdAt: number;
};
