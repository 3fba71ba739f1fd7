/** Checks one value against its property's type and brings it into HubSpot's stored form. Empty values are clearings and never come here. */
import type { PropertyDefinition, PropertyType } from '../state/crm.ts';

export type ValueIssue = { error: string; message: string };
type Normalized = { value: string } | { issue: ValueIssue };

const EMAIL = /^[^\s@<>()[\],;:"\\]+@[^\s@.<>()[\],;:"\\]+(\.[^\s@.<>()[\],;:"\\]+)+$/;
const DAY_MS = 86_400_000;

const issue = (error: string, message: string): Normalized => ({ issue: { error, message } });

/** Milliseconds or ISO 8601, as HubSpot takes them. NaN otherwise. */
export function parseMoment(text: string): number {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  return /^\d{4}-\d{2}-\d{2}/.test(text) ? Date.parse(text) : Number.NaN;
}

function normalizeDate(text: string): Normalized {
  const moment = parseMoment(text);
  if (Number.isNaN(moment)) return issue('INVALID_DATE', `${text} was not a valid date.`);
  if (moment % DAY_MS !== 0)
    return issue('INVALID_DATE', `${text} is at ${new Date(moment).toISOString()}, not midnight.`);
  return { value: new Date(moment).toISOString().slice(0, 10) };
}

function normalizeDatetime(text: string): Normalized {
  const moment = parseMoment(text);
  if (Number.isNaN(moment) || Math.abs(moment) > 8.64e15) return issue('INVALID_LONG', `${text} was not a valid long.`);
  return { value: new Date(moment).toISOString() };
}

function normalizeOption(text: string, definition: PropertyDefinition, external: readonly string[] | null): Normalized {
  const allowed = external ?? definition.options.map(({ value }) => value);
  const asked = definition.fieldType === 'checkbox' ? text.split(';').filter(Boolean) : [text];
  const wrong = asked.find((value) => !allowed.includes(value));
  if (wrong === undefined) return { value: text };
  return issue('INVALID_OPTION', `${wrong} was not one of the allowed options: [${allowed.join(', ')}]`);
}

function normalizeNumber(text: string): Normalized {
  if (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return { value: text };
  return issue('INVALID_INTEGER', `${text} was not a valid number.`);
}

function normalizeBool(text: string): Normalized {
  if (text === 'true' || text === 'false') return { value: text };
  return issue('INVALID_OPTION', `${text} was not one of the allowed options: [true, false]`);
}

/** HubSpot stores e-mail addresses in lower case. */
function normalizeString(text: string, definition: PropertyDefinition): Normalized {
  if (definition.name !== 'email') return { value: text };
  if (EMAIL.test(text.trim())) return { value: text.trim().toLowerCase() };
  return issue('INVALID_EMAIL', `Email address ${text} is invalid`);
}

type Normalize = (text: string, definition: PropertyDefinition, external: readonly string[] | null) => Normalized;

const normalizers: Record<PropertyType, Normalize> = {
  string: normalizeString,
  number: normalizeNumber,
  date: normalizeDate,
  datetime: normalizeDatetime,
  enumeration: normalizeOption,
  bool: normalizeBool,
};

/** `external`: the options of properties that get theirs from elsewhere (stages, pipelines, owners). */
export const normalizeValue: Normalize = (text, definition, external) =>
  normalizers[definition.type](text, definition, external);
