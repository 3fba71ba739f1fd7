/** Events of v3 templates: single, batches with rows of their own, and reading one back. */
import * as z from 'zod';
import { ApiError, apiError, resourceNotFound, validationError } from '../http/api-error.ts';
import { created, ok, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import { batchReply, refuseOversize, type RowError } from '../crm/batch-result.ts';
import { findClash, valueTaken } from '../crm/conflicts.ts';
import { createRecord, integrationSource, writeValues, type Change } from '../crm/records.ts';
import { validateValues } from '../crm/validate-values.ts';
import type { CrmRecord } from '../state/crm.ts';
import { findRecord, tableOf } from '../state/lookups.ts';
import { objectTypeOf } from '../state/object-types.ts';
import type { EventType, TimelineEvent } from '../state/timeline.ts';
import { sendScope } from './app-events.ts';
import { checkSizes, checkValues, eventFields, eventMoment, eventValuesSchema } from './event-input.ts';
import { addEvent, findEvent } from './event-table.ts';

const BATCH_MAX = 500;

const eventSchema = z.object({
  eventTemplateId: z.string().optional(),
  id: z.string().optional(),
  tokens: eventValuesSchema.optional(),
  ...eventFields,
});

type EventInput = z.infer<typeof eventSchema>;

function requireAttributes(input: EventInput): void {
  const missing = (['eventTemplateId', 'tokens'] as const).filter((name) => input[name] === undefined);
  if (missing.length === 0) return;
  throw apiError(400, {
    message: `Invalid input JSON on line 1, column 1: Cannot build TimelineEvent, some of required attributes are not set [${missing.join(', ')}]`,
  });
}

function templateOf(call: PortalCall, id: string): EventType {
  const type = call.context.state.eventTypes.get(`v3-template/${call.token.appId}/${id}`);
  if (type === undefined) throw apiError(404, { message: `No event template with id ${id} exists for this app` });
  return type;
}

const changeOf = (call: PortalCall): Change => ({ now: call.now, source: integrationSource(call.token.appId) });

/** With an object id, the e-mail address of the event becomes the contact's. */
function changeEmail(call: PortalCall, record: CrmRecord, address: string): void {
  const values = validateValues(call.portal, { typeId: '0-1', record }, { email: address });
  const clash = findClash(call.portal, '0-1', values, record.id);
  if (clash !== null) throw valueTaken(call.portal, '0-1', clash, record.id);
  writeValues(call.portal, record, values, changeOf(call));
}

/** An unknown e-mail address makes a contact. */
function contactFor(call: PortalCall, address: string): CrmRecord {
  const table = tableOf(call.portal, '0-1');
  const known = findRecord(table, table.unique.get('email')?.get(address.trim().toLowerCase()) ?? '');
  if (known !== undefined) return known;
  const values = validateValues(call.portal, { typeId: '0-1', record: null }, { email: address });
  return createRecord(call.portal, { typeId: '0-1', values }, changeOf(call));
}

function targetOf(call: PortalCall, type: EventType, input: EventInput): CrmRecord {
  const { objectId, email } = input;
  if (objectId !== undefined) {
    const record = findRecord(tableOf(call.portal, type.objectTypeId), objectId);
    if (record === undefined || record.archived)
      throw validationError(`No ${objectTypeOf(type.objectTypeId).singular} with id ${objectId} exists`);
    if (email !== undefined && type.objectTypeId === '0-1') changeEmail(call, record, email);
    return record;
  }
  if (type.objectTypeId !== '0-1') throw validationError('objectId is required for this object type');
  if (email !== undefined) return contactFor(call, email);
  throw validationError(input.utk === undefined ? 'One of objectId, email or utk is required' : 'utk is not known');
}

/** Tokens bound to a CRM property write it too. */
function writeBoundProperties(call: PortalCall, type: EventType, record: CrmRecord, tokens: Record<string, string>) {
  const bound = type.properties.flatMap(({ name, objectPropertyName }) => {
    const value = tokens[name];
    return objectPropertyName === null || value === undefined ? [] : [[objectPropertyName, value] as const];
  });
  if (bound.length === 0) return;
  const values = validateValues(call.portal, { typeId: record.typeId, record }, Object.fromEntries(bound));
  writeValues(call.portal, record, values, changeOf(call));
}

const newId = (call: PortalCall): string => call.context.randomBytes(16).toString('hex');

function accept(call: PortalCall, input: EventInput): TimelineEvent {
  requireAttributes(input);
  const type = templateOf(call, input.eventTemplateId ?? '');
  const tokens = input.tokens ?? {};
  const id = (input.id ?? newId(call)).replaceAll('{{uuid}}', () => newId(call));
  checkSizes({ id, values: tokens, raw: input });
  checkValues(type, tokens);
  const timestamp = eventMoment(input.timestamp, call.now);
  const known = findEvent(call.portal, type, id);
  const mode = call.context.state.switches.timelineV3Duplicates;
  if (known !== undefined && mode === 'ignore') return known;
  if (known !== undefined && mode === 'reject') throw validationError(`An event with id ${id} already exists`);
  const record = targetOf(call, type, input);
  writeBoundProperties(call, type, record, tokens);
  return addEvent(call.portal, {
    generation: 'v3-template',
    appId: type.appId,
    typeKey: type.key,
    id,
    objectTypeId: record.typeId,
    objectId: record.id,
    email: input.email ?? record.values['email'] ?? null,
    timestamp,
    acceptedAt: call.now,
    properties: tokens,
    extraData: input.extraData ?? null,
    timelineIFrame: input.timelineIFrame ?? null,
  });
}

function present(event: TimelineEvent) {
  return {
    id: event.id,
    eventTemplateId: event.typeKey,
    objectType: objectTypeOf(event.objectTypeId).plural,
    objectId: event.objectId,
    email: event.email,
    timestamp: new Date(event.timestamp).toISOString(),
    tokens: event.properties,
    extraData: event.extraData,
    timelineIFrame: event.timelineIFrame,
    createdAt: null,
  };
}

/** Partial success: a bad row is an error row, the others are accepted. */
function createBatch(call: PortalCall): Reply {
  const { inputs } = parseBody(z.object({ inputs: z.array(eventSchema) }), call.body);
  refuseOversize(inputs, BATCH_MAX);
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const input of inputs) {
    try {
      results.push(present(accept(call, input)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      const { message } = error;
      errors.push({ status: 'error', category: 'VALIDATION_ERROR', message, context: { id: [input.id ?? ''] } });
    }
  }
  return batchReply(call, { results, errors, numErrors: errors.length, good: 201 });
}

function readOne(call: PortalCall): Reply {
  const event = findEvent(call.portal, templateOf(call, call.params['templateId'] ?? ''), call.params['eventId'] ?? '');
  if (event === undefined) throw resourceNotFound();
  return ok(present(event));
}

const base = '/integrators/timeline/events';
const versions = ['v3'] as const;

export const v3EventRoutes: PortalRoute[] = [
  {
    method: 'post',
    path: base,
    scopes: sendScope,
    versions,
    run: (call) => created(present(accept(call, parseBody(eventSchema, call.body)))),
  },
  { method: 'post', path: `${base}/batch/create`, scopes: sendScope, versions, run: createBatch },
  { method: 'get', path: `${base}/:templateId/:eventId`, scopes: sendScope, versions, run: readOne },
];
