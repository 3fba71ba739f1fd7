// What differs between the dialects for the one suite: how to make one, what it wrote as people see it, and what spoils an event.
import { makeAppEvents } from '../../../server/hubspot/timeline/app-events.ts';
import type { TimelineDialect, TimelineEvent } from '../../../server/hubspot/timeline/dialect.ts';
import { makeNotes } from '../../../server/hubspot/timeline/notes.ts';
import { ensureTemplates } from '../../../server/hubspot/timeline/templates.ts';
import { makeTimelineV3 } from '../../../server/hubspot/timeline/timeline-v3.ts';
import { appId, developerApiKey, portalId, type SandboxPortal } from '../../hubspot/sandbox-portal.ts';

/** One event as it stands on a record's timeline. */
interface Shown {
  objectId: string;
  at: number;
  /** Everything of it that is shown or kept, as text. */
  text: string;
}

export interface DialectCase {
  name: TimelineDialect['name'];
  /** The path of its write, for planted faults. */
  writePath: string;
  make(box: SandboxPortal): Promise<TimelineDialect>;
  shown(box: SandboxPortal, objectType: 'contact' | 'deal'): Shown[];
  /** True when the markup in a value stands in the written text as text: HubSpot's templates escape values, a note's body is HTML. */
  keepsAsText(text: string, markup: string): boolean;
  /** Makes an event that HubSpot refuses. */
  spoil(event: TimelineEvent): TimelineEvent;
}

const undeclared = (event: TimelineEvent): TimelineEvent => ({
  ...event,
  properties: { ...event.properties, notDeclared: 'x' },
});

export const dialectCases: DialectCase[] = [
  {
    name: 'app_events',
    writePath: '/integrators/timeline/**/events/batch',
    make: () => Promise.resolve(makeAppEvents()),
    shown: shownEvents,
    keepsAsText: (text, markup) => text.includes(markup),
    spoil: undeclared,
  },
  {
    name: 'timeline_v3',
    writePath: '/integrators/timeline/**/events/batch/create',
    make: async ({ sandbox, hubspot }) => {
      sandbox.control.setSwitches({ timelineTemplates: 'open' });
      return makeTimelineV3({ templateIds: await ensureTemplates(hubspot, { appId, developerApiKey }) });
    },
    shown: shownEvents,
    keepsAsText: (text, markup) => text.includes(markup),
    spoil: undeclared,
  },
  {
    name: 'notes',
    writePath: '/crm/objects/**/notes/batch/create',
    make: () => Promise.resolve(makeNotes()),
    shown: shownNotes,
    keepsAsText: (text, markup) =>
      !text.includes(markup) && text.includes(markup.replace('<', '&lt;').replace('>', '&gt;')),
    // A note takes any text: what can spoil it is a record that is gone.
    spoil: (event) => ({ ...event, objectId: '999999999' }),
  },
];

function shownEvents({ sandbox }: SandboxPortal, objectType: 'contact' | 'deal'): Shown[] {
  const { events } = sandbox.control.events(portalId, { objectType: `${objectType}s` });
  return events.map(({ objectId, timestamp, properties, extraData }) => ({
    objectId,
    at: timestamp,
    text: JSON.stringify({ properties, extraData }),
  }));
}

function shownNotes({ sandbox }: SandboxPortal, objectType: 'contact' | 'deal'): Shown[] {
  const typeId = objectType === 'contact' ? '0-1' : '0-3';
  const dump = sandbox.control.dump(portalId);
  const notes = new Map(dump.objects['notes']?.records.map((note) => [note.id, note]));
  return dump.associations.flatMap(({ from, to }) => {
    const [fromType, objectId = ''] = from.split('/');
    const [toType, noteId = ''] = to.split('/');
    const note = notes.get(noteId);
    if (fromType !== typeId || toType !== '0-46' || !note) return [];
    const at = note.values['hs_timestamp'] ?? '';
    return [{ objectId, at: Date.parse(at) || Number(at), text: note.values['hs_note_body'] ?? '' }];
  });
}
