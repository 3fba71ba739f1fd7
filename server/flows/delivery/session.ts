// What a worker holds while it works a portal: the way to HubSpot, and what it has learned about the portal meanwhile.
import type { Board } from '../../domain/deals.ts';
import type { PropertyFacts } from '../../domain/field-mapping.ts';
import type { Outlook } from '../../domain/outlook.ts';
import type { PortalApi } from '../../hubspot/client.ts';
import type { TimelineDialect } from '../../hubspot/timeline/dialect.ts';
import type { AnswerWatch } from '../../lib/answer-watch.ts';
import type { Portal } from '../../store/portals.ts';
import type { Connection } from '../../store/connections.ts';
import type { Planned } from './batch.ts';
import type { PortalSettings } from './portal-settings.ts';

export interface PortalSession {
  portalId: number;
  api: PortalApi;
  /** Of the lease it works under. */
  fence: number;
  /** Aborted when the lease is lost, or others need the place of an account that hangs: no further write may begin. */
  signal: AbortSignal;
  /** How long HubSpot lets this portal wait. */
  answers: AnswerWatch;
  /** All connections of the portal, by id, as they are at the beginning of the batch. */
  connections: ReadonlyMap<string, Connection>;
  settings: PortalSettings;
  /** Rights that HubSpot denied lately. */
  limited: Portal['limited'];
  breaker: Portal['breaker'];
  /** What is known to come; what the batch finds out is added. */
  outlook: Outlook;
  /** Clicks for which nobody was asked whether a workflow waits for them, because none was known to wait. */
  unasked: Planned[];
  dialectOf(connection: Connection): Promise<TimelineDialect>;
  /** The deal pipelines, at most ten minutes old; `anew`: as they are now. */
  boards(how?: { anew: boolean }): Promise<readonly Board[]>;
  /** The properties of contacts, by name; asked for at most every ten minutes. */
  contactProperties(): Promise<ReadonlyMap<string, PropertyFacts>>;
}
