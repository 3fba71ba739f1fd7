// The one interface behind HubSpot's three ways of putting an event on a timeline.
// A dialect writes exactly the group it is given. Who forms groups, writes them down and sends them again is the flow.
import type { CodedError } from '../../errors.ts';
import type { PortalApi } from '../portal.ts';

export type EventType = 'contact_click' | 'deal_click' | 'contact_conversion' | 'deal_conversion';

export interface TimelineEvent {
  /** The caller's name for this write; outcomes come back under it. */
  key: string;
  /** Deterministic and at most 500 bytes: the same event always has the same id. */
  id: string;
  type: EventType;
  objectType: 'contact' | 'deal';
  objectId: string;
  at: number;
  /** Declared properties of the event type. */
  properties: Record<string, string>;
  extraData: Record<string, unknown>;
  /** Plain text; the headline where HubSpot has no template of ours. */
  title: string;
}

export type EventOutcome = { status: 'written' | 'already_there' } | { status: 'failed'; error: CodedError };

/**
 * `split`: HubSpot refused the group as a whole; only smaller groups tell which event is at fault.
 * `refused`: this send wrote nothing, so halves are all-or-nothing like the whole was.
 * `conflict`: some of it was there before we sent it together. A half may then hold both kinds, so a later refusal proves nothing about it:
 * only groups of one do.
 */
export type GroupResult =
  { kind: 'rows'; outcomes: Map<string, EventOutcome> } | { kind: 'split'; because: 'refused' | 'conflict' };

export interface TimelineDialect {
  readonly name: 'app_events' | 'timeline_v3' | 'notes';
  /** Events in one call. */
  readonly groupSize: number;
  /** True when HubSpot takes a group whole or not at all, so that a duplicate refusal speaks for all of it. */
  readonly allOrNothing: boolean;
  /**
   * Writes one group. `resend`: this group was sent before, whole and as it is now, and its outcome is not known.
   * Failures of the whole call (limits, outages, rights, unknown outcome) are thrown.
   */
  writeGroup(portal: PortalApi, events: readonly TimelineEvent[], options: { resend: boolean }): Promise<GroupResult>;
}

/** The same outcome for every event. */
export function sameForAll(events: readonly TimelineEvent[], outcome: EventOutcome): GroupResult {
  return { kind: 'rows', outcomes: new Map(events.map(({ key }) => [key, outcome])) };
}
