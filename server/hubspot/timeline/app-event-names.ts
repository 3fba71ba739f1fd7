// The names under which HubSpot knows the app's event types: the plain uids, or the fully qualified names of a deployed project.
import { z } from 'zod';
import { readReply } from '../ask.ts';
import type { HubSpot } from '../client.ts';
import type { EventType } from './dialect.ts';
import { eventTypeNames, eventTypes } from './event-types.ts';

/** HubSpot takes the uid of a type wherever it takes the long name. */
export const uidNames = namesFrom((type) => eventTypes[type].uid);

const replySchema = z.looseObject({ fullyQualifiedName: z.string().min(1) });

/** Asks for the long names with a developer token (scope developers-read); a type HubSpot does not know keeps its uid. */
export async function resolveEventNames(
  hubspot: HubSpot,
  { projectName, developerToken }: { projectName: string; developerToken?: string },
): Promise<Record<EventType, string>> {
  if (developerToken === undefined) return uidNames;
  const names = { ...uidNames };
  const endpoint = hubspot.endpoint('projectEventType');
  for (const type of eventTypeNames) {
    const { status, body } = await hubspot.send({
      ...endpoint,
      accessToken: developerToken,
      body: { projectName, developerSymbol: eventTypes[type].uid },
      allow: [404],
    });
    if (status !== 404)
      names[type] = readReply({ schema: replySchema, body, status, route: endpoint.route }).fullyQualifiedName;
  }
  return names;
}

function namesFrom(nameOf: (type: EventType) => string): Record<EventType, string> {
  return Object.fromEntries(eventTypeNames.map((type) => [type, nameOf(type)])) as Record<EventType, string>;
}
