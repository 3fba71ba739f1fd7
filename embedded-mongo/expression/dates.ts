/** `$dateToString` and `$dateTrunc`, in UTC. Other time zones are refused. */
import { ServerError, fail, notSupported } from '../errors.ts';
import { typeName } from '../query/types.ts';
import { textOf } from '../values/document.ts';
import { numberOr } from '../values/numbers.ts';
import { namedParts, required } from './arguments.ts';
import { isNullish, type Expression, type Operator, type Scope } from './scope.ts';

const utcNames = new Set(['UTC', 'GMT', 'Etc/UTC', 'Z', '+00:00']);
const dayMs = 86_400_000;
const unitMs: Record<string, number> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: dayMs,
  week: 7 * dayMs,
};
const unitMonths: Record<string, number> = { month: 1, quarter: 3, year: 12 };
const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** `$dateTrunc` counts its bins from here, as the server does: 2000-01-01, a Saturday. */
const origin = Date.UTC(2000, 0, 1);

function dateOf(value: unknown): Date {
  return value instanceof Date ? value : fail(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

function assertUtc(timezone: Expression | undefined, scope: Scope): void {
  const zone = timezone?.(scope);
  if (!isNullish(zone) && !utcNames.has(textOf(zone))) notSupported(`the time zone ${textOf(zone)}`);
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0');

function directive(letter: string, date: Date): string {
  switch (letter) {
    case 'Y':
      return pad(date.getUTCFullYear(), 4);
    case 'm':
      return pad(date.getUTCMonth() + 1, 2);
    case 'd':
      return pad(date.getUTCDate(), 2);
    case 'H':
      return pad(date.getUTCHours(), 2);
    case 'M':
      return pad(date.getUTCMinutes(), 2);
    case 'S':
      return pad(date.getUTCSeconds(), 2);
    case 'L':
      return pad(date.getUTCMilliseconds(), 3);
    case 'j':
      return pad(
        (Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()) -
          Date.UTC(date.getUTCFullYear(), 0, 0)) /
          dayMs,
        3,
      );
    case '%':
      return '%';
    default:
      return fail(18536, `Invalid format character '%${letter}' in format string`);
  }
}

const dateToString: Operator = (argument, compile) => {
  const parts = namedParts({
    name: '$dateToString',
    argument,
    allowed: ['date', 'format', 'timezone', 'onNull'],
    compile,
  });
  const date = required(parts.date, "'date' parameter to $dateToString");
  return (scope) => {
    const value = date(scope);
    if (isNullish(value)) return parts.onNull?.(scope) ?? null;
    assertUtc(parts.timezone, scope);
    const format = parts.format?.(scope) ?? '%Y-%m-%dT%H:%M:%S.%LZ';
    return textOf(format).replace(/%(.?)/g, (_, letter: string) => directive(letter, dateOf(value)));
  };
};

function truncate(date: Date, { unit, size, startOfWeek }: { unit: string; size: number; startOfWeek: string }): Date {
  const months = unitMonths[unit];
  if (months !== undefined) {
    const since = (date.getUTCFullYear() - 2000) * 12 + date.getUTCMonth();
    return new Date(Date.UTC(2000, Math.floor(since / (months * size)) * months * size, 1));
  }
  const ms = (unitMs[unit] ?? fail(9, `unknown time unit value: ${unit}`)) * size;
  const weekday = weekdays.findIndex((name) => name.startsWith(startOfWeek.toLowerCase().slice(0, 3)));
  const start = unit === 'week' ? origin + ((weekday + 1) % 7) * dayMs : origin;
  return new Date(start + Math.floor((date.getTime() - start) / ms) * ms);
}

const dateTrunc: Operator = (argument, compile) => {
  const parts = namedParts({
    name: '$dateTrunc',
    argument,
    allowed: ['date', 'unit', 'binSize', 'timezone', 'startOfWeek'],
    compile,
  });
  const date = required(parts.date, "'date' parameter to $dateTrunc");
  const unit = required(parts.unit, "'unit' parameter to $dateTrunc");
  return (scope) => {
    const value = date(scope);
    if (isNullish(value)) return null;
    assertUtc(parts.timezone, scope);
    const size = numberOr(parts.binSize?.(scope), 1);
    if (!Number.isInteger(size) || size < 1)
      throw new ServerError(5439017, "$dateTrunc requires 'binSize' to be a positive whole number");
    return truncate(dateOf(value), {
      unit: textOf(unit(scope)),
      size,
      startOfWeek: textOf(parts.startOfWeek?.(scope) ?? 'sunday'),
    });
  };
};

export const dateOperators: [string, Operator][] = [
  ['$dateToString', dateToString],
  ['$dateTrunc', dateTrunc],
];
