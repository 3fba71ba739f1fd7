/** One HubSpot account: who works there, its limits, its CRM tables and its timeline. Plain data only. */
import type { AssociationTable, ObjectTable, ObjectTypeId, Owner, Pipeline } from './crm.ts';
import type { RecordChange } from './changes.ts';
import type { TimelineTable } from './timeline.ts';

/** `superAdmin` left out: the first user of an account is one, the others are not. */
type PortalUser = {
  userId: number;
  email: string;
  firstName: string;
  lastName: string;
  superAdmin?: boolean | undefined;
};

/** A rule an admin set up. HubSpot enforces these on 2026-09 paths and ignores them on older ones. */
type WriteRule = {
  objectTypeId: ObjectTypeId;
  property: string;
  /** Null: required when a record is created. Otherwise: required when another property has this value. */
  when: { property: string; value: string } | null;
};

/** `perDay` counts for private apps only, by the day of the account's time zone. */
type PortalLimits = { perTenSeconds: number; searchPerSecond: number; perDay: number };

export type Portal = {
  portalId: number;
  name: string;
  domain: string;
  timeZone: string;
  currency: string;
  createdAt: number;
  users: PortalUser[];
  /** Scopes the account's product tier does not offer. */
  unavailableScopes: string[];
  limits: PortalLimits;
  writeRules: WriteRule[];
  /** E-mail addresses deleted for good on request. */
  blockedEmails: Set<string>;
  tables: Map<ObjectTypeId, ObjectTable>;
  associations: AssociationTable;
  pipelines: Map<ObjectTypeId, Pipeline[]>;
  owners: Owner[];
  timeline: TimelineTable;
  /** Taken away after every call. */
  changes: RecordChange[];
  /** Next record id to hand out. */
  nextObjectId: number;
};
