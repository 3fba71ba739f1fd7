// Reads HubSpot's error envelope in all its shapes. Keeps codes, property names, scopes and ids; lets no property value or email through.
import { z } from 'zod';

const looseText = z.string().optional().catch(undefined);
const texts = z.array(z.coerce.string()).catch([]);
const context = z.record(z.string(), z.unknown()).optional().catch(undefined);

const bodySchema = z
  .looseObject({
    message: looseText,
    category: looseText,
    subCategory: looseText,
    correlationId: looseText,
    policyName: looseText,
    error: looseText,
    status: z.union([z.string(), z.number()]).optional().catch(undefined),
    context,
    errors: z.array(z.looseObject({ message: looseText, code: looseText, context }).catch({})).catch([]),
  })
  .catch({ errors: [] });

/** One refused property: which and why, never its value. */
interface PropertyFault {
  code: string;
  property: string | null;
}

export interface ErrorBody {
  category: string | undefined;
  subCategory: string | undefined;
  correlationId: string | undefined;
  policyName: string | undefined;
  /** OAuth's `error` and `status` words. */
  oauthError: string | undefined;
  oauthStatus: string | undefined;
  /** HubSpot's sentence where it is known to carry no values. */
  reason: string | undefined;
  errors: PropertyFault[];
  scopes: string[];
  existingId: string | undefined;
  /** Ids the error speaks of, under whatever name the resource uses. */
  ids: string[];
  traceIds: string[];
}

export function parseErrorBody(value: unknown): ErrorBody {
  const body = bodySchema.parse(value);
  const message = body.message ?? '';
  const contexts = [body.context, ...body.errors.map((error) => error.context)].filter((each) => each !== undefined);
  const named = (...keys: string[]): string[] => contexts.flatMap((each) => keys.flatMap((key) => asTexts(each[key])));
  return {
    category: body.category,
    subCategory: body.subCategory,
    correlationId: body.correlationId,
    policyName: body.policyName,
    oauthError: body.error,
    oauthStatus: typeof body.status === 'string' ? body.status : undefined,
    reason: safeReason(message),
    errors: [...body.errors.flatMap(faultsOf), ...(body.errors.length === 0 ? faultsInMessage(message) : [])],
    // Objects and schemas answer in two shapes; older answers say requiredScopes.
    scopes: [...new Set(named('requiredGranularScopes', 'requiredScopes'))],
    existingId: named('existingId')[0] ?? /Existing ID: (\d+)/.exec(message)?.[1],
    ids: named('ids', 'id', 'fromObjectId'),
    traceIds: named('objectWriteTraceId'),
  };
}

/** " Reason." or nothing, to end a message with. */
export function reasonOf(body: ErrorBody): string {
  if (body.errors.length > 0)
    return ` ${body.errors.map(({ code, property }) => (property === null ? code : `${property}: ${code}`)).join(', ')}.`;
  return body.reason === undefined ? '' : ` ${body.reason}`;
}

/** Sentences of HubSpot that name ids, types and places but never a person's data. */
const safeSentences = [
  /^Unable to infer object type from: [\w-]+/,
  /^Invalid input JSON on line \d+, column \d+/,
  /some of required attributes are not set \[[\w, ]+\]/,
  /^Duplicate IDs found in batch input: \[[\d, ]+\]/,
  /^Contact already exists/,
  /^A property named '[\w-]+' already exists/,
  /^resource not found$/,
  /event (type|template) ['"]?[\w.:-]+['"]? (does not exist|is unknown|was not found|not found)/i,
];

function safeReason(message: string): string | undefined {
  for (const sentence of safeSentences) {
    const found = sentence.exec(message);
    if (found) return `${found[0].slice(0, 300)}.`;
  }
  return undefined;
}

function faultsOf(error: {
  code?: string | undefined;
  context?: Record<string, unknown> | undefined;
}): PropertyFault[] {
  if (error.code === undefined) return [];
  const properties = asTexts(error.context?.['propertyName']);
  return properties.length === 0
    ? [{ code: error.code, property: null }]
    : properties.map((property) => ({ code: error.code ?? '', property }));
}

const prefix = 'Property values were not valid: ';
const listedFaults = z.array(z.looseObject({ error: z.string(), name: z.string().nullish() }));

/** Some answers list the faults only as JSON inside the sentence. */
function faultsInMessage(message: string): PropertyFault[] {
  const clash = /^Cannot set PropertyValueCoordinates\{.*propertyName=(\w+),/.exec(message);
  if (clash) return [{ code: 'VALUE_TAKEN', property: clash[1] ?? null }];
  if (!message.startsWith(prefix)) return [];
  try {
    return listedFaults
      .parse(JSON.parse(message.slice(prefix.length)))
      .map(({ error, name }) => ({ code: error, property: name ?? null }));
  } catch {
    return [];
  }
}

function asTexts(value: unknown): string[] {
  return texts.parse(Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
}
