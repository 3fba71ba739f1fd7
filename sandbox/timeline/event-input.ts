/** The parts of an event that both generations share: its schema, its size limits and the checks of its values. */
import * as z from 'zod';
import { ApiError, validationError } from '../http/api-error.ts';
import { parseMoment } from '../crm/normalize-value.ts';
import type { EventProperty, EventType } from '../state/timeline.ts';

const ID_BYTES = 500;
const VALUE_BYTES = 510 * 1024;
const EVENT_BYTES = 1024 * 1024;

const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);

export const eventValuesSchema = z.record(z.string(), scalar);

export const eventFields = {
  objectId: z.union([z.string(), z.number()]).transform(String).optional(),
  email: z.string().optional(),
  utk: z.string().optional(),
  domain: z.string().optional(),
  timestamp: z.union([z.string(), z.number()]).optional(),
  extraData: z.unknown().optional(),
  timelineIFrame: z
    .object({ linkLabel: z.string(), headerLabel: z.string(), url: z.string(), width: z.int(), height: z.int() })
    .optional(),
};

/** Violations of the size limits have a body of their own. */
export function checkSizes(event: { id: string; values: Record<string, string>; raw: unknown }): void {
  const tooLong =
    Buffer.byteLength(event.id) > ID_BYTES ||
    Object.values(event.values).some((value) => Buffer.byteLength(value) > VALUE_BYTES) ||
    Buffer.byteLength(JSON.stringify(event.raw)) > EVENT_BYTES;
  if (!tooLong) return;
  throw new ApiError(400, {
    status: 400,
    errors: [{ message: `Event ${event.id.slice(0, ID_BYTES)} failed with validation error(s)` }],
  });
}

const isMoment = (value: string): boolean => !Number.isNaN(parseMoment(value));

const fits: Record<EventProperty['type'], (value: string, property: EventProperty) => boolean> = {
  string: () => true,
  number: (value) => value.trim() !== '' && Number.isFinite(Number(value)),
  date: isMoment,
  datetime: isMoment,
  enumeration: (value, { options }) => options.some((option) => option.value === value),
};

/** Every value must belong to a declared property and fit its type. */
export function checkValues(type: EventType, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(values)) {
    const property = type.properties.find((candidate) => candidate.name === name);
    if (property === undefined)
      throw validationError(`Property "${name}" does not exist on event type ${type.fullyQualifiedName}`);
    if (!fits[property.type](value, property))
      throw validationError(`Property "${name}" is not a valid ${property.type}`);
  }
}

export function eventMoment(timestamp: string | number | undefined, now: number): number {
  if (timestamp === undefined) return now;
  const moment = parseMoment(String(timestamp));
  if (Number.isNaN(moment)) throw validationError(`timestamp is not a valid date: ${timestamp}`);
  return moment;
}
