/** Timeline event types, v3 templates and accepted events. Plain data only. */
import type { ObjectTypeId } from './crm.ts';

type EventPropertyType = 'string' | 'number' | 'date' | 'datetime' | 'enumeration';

export type EventProperty = {
  name: string;
  label: string;
  type: EventPropertyType;
  options: { value: string; label: string }[];
  /** v3 tokens only: the CRM property that is written along with the event. */
  objectPropertyName: string | null;
};

/** An app event type declared in the project (`src/app/app-events`), or a v3 template. */
export type EventType = {
  generation: 'app-event' | 'v3-template';
  appId: number;
  /** App events: the uid. v3 templates: the numeric template id. Unique within (generation, app). */
  key: string;
  /** App events: `ae{appId}_{uid}`. v3 templates: the template id. */
  fullyQualifiedName: string;
  name: string;
  objectTypeId: ObjectTypeId;
  headerTemplate: string;
  detailTemplate: string;
  properties: EventProperty[];
  createdAt: number;
  updatedAt: number;
};

export type TimelineIFrame = {
  linkLabel: string;
  headerLabel: string;
  url: string;
  width: number;
  height: number;
};

/** One accepted write. An event accepted twice is here twice: that is how doubled writes are counted. */
export type TimelineEvent = {
  /** Position in the portal's list of acceptances, from 0. */
  index: number;
  generation: EventType['generation'];
  appId: number;
  /** `EventType.key` of the type it belongs to. */
  typeKey: string;
  /** The caller's id (idempotency key). */
  id: string;
  objectTypeId: ObjectTypeId;
  /** Follows merges: the id of the record that shows it now. */
  objectId: string;
  email: string | null;
  timestamp: number;
  acceptedAt: number;
  properties: Record<string, string>;
  extraData: unknown;
  timelineIFrame: TimelineIFrame | null;
};

/** The accepted events of one portal with the indexes that keep lookups cheap. */
export type TimelineTable = {
  events: TimelineEvent[];
  /** `{generation}/{appId}/{typeKey}/{eventId}` -> index of the newest acceptance. */
  byKey: Map<string, number>;
  /** `{objectTypeId}/{objectId}` -> indexes, oldest first. */
  byObject: Map<string, number[]>;
};
