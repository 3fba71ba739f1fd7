// Dialect "timeline v3": for apps that already own event templates. Rows succeed or fail one by one; what HubSpot does with
// a known id is not documented, so an event counts as there only when HubSpot shows it.
import { z } from 'zod';
import { CodedError } from '../../errors.ts';
import { eachLimit } from '../../lib/each-limit.ts';
import { errorOfRow } from '../answer-errors.ts';
import { ask } from '../ask.ts';
import { parseErrorBody } from '../error-body.ts';
import type { PortalApi } from '../portal.ts';
import { idSchema } from '../records.ts';
import { cleanData, cleanText, cleanValues } from './clean-text.ts';
import type { EventType, TimelineDialect, TimelineEvent } from './dialect.ts';
import { alreadyThere, writeApart, type Outcomes } from './write-apart.ts';

export interface TimelineV3Options {
  groupSize?: number;
  templateIds: Record<EventType, string>;
}

const looksAtOnce = 8;

const replySchema = z.looseObject({
  results: z.array(z.looseObject({ id: z.string(), eventTemplateId: idSchema })).default([]),
  errors: z.array(z.unknown()).default([]),
});

export function makeTimelineV3({ groupSize = 100, templateIds }: TimelineV3Options): TimelineDialect {
  const isThere = async (portal: PortalApi, event: TimelineEvent): Promise<boolean> => {
    const parameters = { templateId: templateIds[event.type], eventId: cleanText(event.id) };
    const { status } = await portal.call({ ...portal.endpoint('templateEvent', parameters), allow: [404] });
    return status !== 404;
  };

  const write = async (portal: PortalApi, events: readonly TimelineEvent[]): Promise<Outcomes> => {
    const endpoint = portal.endpoint('templateEventsBatch');
    const inputs = events.map((event) => toWire(event, templateIds));
    const reply = await ask(portal, { ...endpoint, body: { inputs } }, replySchema);
    const written = new Set(reply.results.map(({ eventTemplateId, id }) => `${eventTemplateId} ${id}`));
    const outcomes: Outcomes = new Map();
    for (const event of events) {
      if (written.has(`${templateIds[event.type]} ${cleanText(event.id)}`)) {
        outcomes.set(event.key, { status: 'written' });
      } else if (await isThere(portal, event)) {
        outcomes.set(event.key, { status: 'already_there' });
      } else {
        const error = errorOfEvent({ event, errors: reply.errors, route: endpoint.route });
        outcomes.set(event.key, { status: 'failed', error });
      }
    }
    return outcomes;
  };

  return {
    name: 'timeline_v3',
    groupSize,
    allOrNothing: false,
    async writeGroup(portal, events, { resend }) {
      const there = new Set<string>();
      if (resend) {
        await eachLimit(events, looksAtOnce, async (event) => {
          if (await isThere(portal, event)) there.add(event.key);
        });
      }
      const open = events.filter(({ key }) => !there.has(key));
      const outcomes = await writeApart(open, {
        write: (part) => write(portal, part),
        judgeAlone: async (event, error) =>
          (await isThere(portal, event)) ? { status: 'already_there' } : { status: 'failed', error },
      });
      return { kind: 'rows', outcomes: new Map([...alreadyThere(there), ...outcomes]) };
    },
  };
}

/** Always by object id: an email here creates a contact or changes one. */
function toWire(event: TimelineEvent, templateIds: Record<EventType, string>): Record<string, unknown> {
  return {
    eventTemplateId: templateIds[event.type],
    id: cleanText(event.id),
    objectId: event.objectId,
    timestamp: new Date(event.at).toISOString(),
    tokens: cleanValues(event.properties),
    extraData: cleanData(event.extraData),
  };
}

interface LeftOut {
  event: TimelineEvent;
  errors: readonly unknown[];
  route: string;
}

function errorOfEvent({ event, errors, route }: LeftOut): CodedError {
  const row = errors.find((each) => parseErrorBody(each).ids.includes(cleanText(event.id)));
  if (row !== undefined) return errorOfRow({ row, route });
  return new CodedError(
    'hubspot_malformed_reply',
    'HubSpot left this event out of its answer and does not show it. It is written again.',
    { details: { status: 207, correlationId: null, route } },
  );
}
