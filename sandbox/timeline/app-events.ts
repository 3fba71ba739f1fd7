/** App events (v4 and 2026-03): single, and batches that are accepted or refused as a whole. Events are immutable. */
import * as z from 'zod';
import { apiError, resourceNotFound, validationError } from '../http/api-error.ts';
import {
  created,
  ok,
  type OpenRoute,
  type PortalCall,
  type PortalRoute,
  type Reply,
  type ScopeRule,
} from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import { authenticate, requireScope } from '../middleware/authenticate.ts';
import type { CrmRecord } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import type { EventType, TimelineEvent } from '../state/timeline.ts';
import { refuseOversize } from '../crm/batch-result.ts';
import { checkSizes, checkValues, eventFields, eventMoment, eventValuesSchema } from './event-input.ts';
import { addEvent, eventKey, type AcceptedEvent } from './event-table.ts';

export const sendScope = (): ScopeRule => ({
  anyOf: [
    'timeline',
    ...['contacts', 'companies', 'deals'].flatMap((name) => [`crm.objects.${name}.write`, `crm.schemas.${name}.write`]),
    'tickets',
  ],
  shape: 'objects',
});

const eventSchema = z.object({
  eventTypeName: z.string(),
  id: z.string().min(1),
  properties: eventValuesSchema,
  objectTypeFullyQualifiedName: z.string().optional(),
  ...eventFields,
});

type EventInput = z.infer<typeof eventSchema>;

/** By uid or by fully qualified name. */
function eventTypeOf(call: PortalCall, name: string): EventType {
  const { appId } = call.token;
  const prefix = `ae${appId}_`;
  const uid = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  const type = call.context.state.eventTypes.get(`app-event/${appId}/${uid}`);
  if (type === undefined) throw validationError(`Event type "${name}" does not exist`);
  return type;
}

function targetOf(call: PortalCall, type: EventType, input: EventInput): CrmRecord {
  const table = tableOf(call.portal, type.objectTypeId);
  const byEmail = type.objectTypeId === '0-1' ? table.unique.get('email')?.get(input.email?.toLowerCase() ?? '') : '';
  const record = findRecord(table, input.objectId ?? byEmail ?? '');
  if (record !== undefined && !record.archived) return record;
  const named = input.objectId ?? input.email ?? input.utk;
  if (named === undefined) throw validationError('One of objectId, email or utk is required');
  throw validationError(`No object of type ${type.objectTypeId} was found for ${named}`);
}

function prepare(call: PortalCall, input: EventInput): AcceptedEvent {
  const type = eventTypeOf(call, input.eventTypeName);
  checkSizes({ id: input.id, values: input.properties, raw: input });
  checkValues(type, input.properties);
  const record = targetOf(call, type, input);
  return {
    generation: 'app-event',
    appId: type.appId,
    typeKey: type.key,
    id: input.id,
    objectTypeId: record.typeId,
    objectId: record.id,
    email: input.email ?? null,
    timestamp: eventMoment(input.timestamp, call.now),
    acceptedAt: call.now,
    properties: input.properties,
    extraData: input.extraData ?? null,
    timelineIFrame: input.timelineIFrame ?? null,
  };
}

/** One occurrence that exists already, or twice in the call, refuses them all. */
function refuseKnown(call: PortalCall, events: readonly AcceptedEvent[]): void {
  const seen = new Set<string>();
  for (const event of events) {
    const key = eventKey({ generation: event.generation, appId: event.appId, key: event.typeKey }, event.id);
    if (seen.has(key) || call.portal.timeline.byKey.has(key)) {
      throw apiError(409, {
        message: 'An occurrence for this event type and occurrence ID already exists. Occurrences are immutable.',
        category: 'CONFLICT',
      });
    }
    seen.add(key);
  }
}

function accept(call: PortalCall, inputs: readonly EventInput[]): TimelineEvent[] {
  const app = call.context.state.apps.get(call.token.appId);
  if (app?.approved !== true)
    throw apiError(403, { message: 'This app is not approved for app events.', category: 'FORBIDDEN' });
  const events = inputs.map((input) => prepare(call, input));
  refuseKnown(call, events);
  return events.map((event) => addEvent(call.portal, event));
}

function present(event: TimelineEvent) {
  return {
    id: event.id,
    eventTypeName: `ae${event.appId}_${event.typeKey}`,
    objectId: event.objectId,
    timestamp: new Date(event.timestamp).toISOString(),
    properties: event.properties,
  };
}

function sendOne(call: PortalCall): Reply {
  const [event] = accept(call, [parseBody(eventSchema, call.body)]);
  return created(event === undefined ? {} : present(event));
}

function sendBatch(call: PortalCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(eventSchema) }), call.body);
  refuseOversize(inputs, call.context.state.switches.appEventBatchCap);
  const moment = new Date(call.now).toISOString();
  const results = accept(call, inputs).map(present);
  return created({ status: 'COMPLETE', results, startedAt: moment, completedAt: moment });
}

const resolveSchema = z.object({ projectName: z.string(), developerSymbol: z.string() });

/** Fully qualified name of a declared type. Called by the app, with a token of its own. */
const resolveRoute: OpenRoute = {
  method: 'post',
  path: '/integrators/timeline/types/projects',
  versions: ['v4', '2026-03'],
  run(call) {
    const { token } = authenticate(call.context, call.headers['authorization'], call.now);
    requireScope(token, { anyOf: ['developers-read'], shape: 'objects' });
    const { projectName, developerSymbol } = parseBody(resolveSchema, call.body);
    const app = call.context.state.apps.get(token.appId);
    const type = call.context.state.eventTypes.get(`app-event/${token.appId}/${developerSymbol}`);
    if (type === undefined || app?.projectName !== projectName) throw resourceNotFound();
    return ok({
      fullyQualifiedName: type.fullyQualifiedName,
      developerQualifiedSymbol: { projectName, developerSymbol },
    });
  },
};

const versions = ['v4', '2026-03'] as const;
const base = '/integrators/timeline/events';

export const appEventRoutes: (OpenRoute | PortalRoute)[] = [
  { method: 'post', path: base, scopes: sendScope, versions, run: sendOne },
  { method: 'post', path: `${base}/batch`, scopes: sendScope, versions, run: sendBatch },
  resolveRoute,
];
