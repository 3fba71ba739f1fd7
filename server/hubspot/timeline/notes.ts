// Dialect "notes": one note per event on the record itself. Open to every app. HubSpot does not know our ids here,
// so each note ends with a visible reference by which it is found again.
import { CodedError } from '../../errors.ts';
import { errorOfRow } from '../answer-errors.ts';
import { ask } from '../ask.ts';
import { parseErrorBody } from '../error-body.ts';
import type { PortalApi } from '../portal.ts';
import { batchReplySchema, type BatchReply } from '../records.ts';
import type { TimelineDialect, TimelineEvent } from './dialect.ts';
import { findWritten } from './find-notes.ts';
import { noteBody } from './note-body.ts';
import { alreadyThere, writeApart, type Outcomes } from './write-apart.ts';

type AssociationTypeIds = Record<TimelineEvent['objectType'], number>;

export interface NotesOptions {
  groupSize?: number;
  /** HubSpot's type ids from a note to a record. 202 is documented; 214 is from memory, hence a setting. */
  associationTypeIds?: AssociationTypeIds;
}

const knownTypeIds: AssociationTypeIds = { contact: 202, deal: 214 };

export function makeNotes({ groupSize = 100, associationTypeIds = knownTypeIds }: NotesOptions = {}): TimelineDialect {
  const write = async (portal: PortalApi, events: readonly TimelineEvent[]): Promise<Outcomes> => {
    const endpoint = portal.endpoint('objectsBatchCreate', { objectType: 'notes' });
    const inputs = events.map((event, row) => toWire({ event, row, typeId: associationTypeIds[event.objectType] }));
    const reply = await ask(portal, { ...endpoint, body: { inputs } }, batchReplySchema);
    return readRows({ events, reply, route: endpoint.route });
  };

  return {
    name: 'notes',
    groupSize,
    allOrNothing: false,
    async writeGroup(portal, events, { resend }) {
      const there = resend ? await findWritten(portal, events) : new Set<string>();
      const open = events.filter(({ key }) => !there.has(key));
      const outcomes = await writeApart(open, {
        write: (part) => write(portal, part),
        judgeAlone: (_event, error) => Promise.resolve({ status: 'failed', error }),
      });
      return { kind: 'rows', outcomes: new Map([...alreadyThere(there), ...outcomes]) };
    },
  };
}

function toWire({
  event,
  row,
  typeId,
}: {
  event: TimelineEvent;
  row: number;
  typeId: number;
}): Record<string, unknown> {
  return {
    // Rows are only told apart when each carries a trace id of its own.
    objectWriteTraceId: String(row),
    properties: { hs_timestamp: new Date(event.at).toISOString(), hs_note_body: noteBody(event) },
    associations: [
      {
        to: { id: event.objectId },
        types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: typeId }],
      },
    ],
  };
}

interface Answered {
  events: readonly TimelineEvent[];
  reply: BatchReply;
  route: string;
}

/** A row that is nowhere in the answer leaves the question open for the whole call: the resend looks it up. */
function readRows({ events, reply, route }: Answered): Outcomes {
  const written = new Set(reply.results.map(({ objectWriteTraceId }) => objectWriteTraceId));
  const allWritten = reply.results.length === events.length;
  const refused = new Map(
    reply.errors.flatMap((row) => parseErrorBody(row).traceIds.map((traceId) => [traceId, row] as const)),
  );
  const outcomes: Outcomes = new Map();
  for (const [index, { key }] of events.entries()) {
    const row = refused.get(String(index));
    if (row !== undefined) outcomes.set(key, { status: 'failed', error: errorOfRow({ row, route }) });
    else if (allWritten || written.has(String(index))) outcomes.set(key, { status: 'written' });
    else throw unaccounted(route);
  }
  return outcomes;
}

function unaccounted(route: string): CodedError {
  return new CodedError(
    'hubspot_outcome_unknown',
    'HubSpot left notes out of its answer. They are looked up before they are sent again.',
    { details: { status: 207, correlationId: null, route } },
  );
}
