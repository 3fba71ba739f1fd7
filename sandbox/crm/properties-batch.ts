/** Property definitions in batches: create and read row by row, archive always 204. There is no batch update. */
import * as z from 'zod';
import { ApiError } from '../http/api-error.ts';
import { noContent, type PortalCall, type PortalRoute, type Reply } from '../http/call.ts';
import { parseBody } from '../http/parse.ts';
import { tableOf } from '../state/lookups.ts';
import { BATCH_MAX } from './batch-read.ts';
import { batchReply, refuseOversize, type RowError } from './batch-result.ts';
import {
  createProperty,
  parseDefinition,
  presentProperty,
  schemaReadScope,
  schemaWriteScope,
  unknownProperty,
} from './properties.ts';
import { typeOf } from './targets.ts';

function rowError(error: ApiError, name: string): RowError {
  const { category, subCategory } = error.body;
  return {
    status: 'error',
    category: typeof category === 'string' ? category : 'VALIDATION_ERROR',
    ...(typeof subCategory === 'string' ? { subCategory } : {}),
    message: error.message,
    context: { name: [name] },
  };
}

/** Runs every row; a row that is refused becomes an error row. */
function perRow<Row>(rows: readonly Row[], nameOf: (row: Row) => string, run: (row: Row) => unknown) {
  const results: unknown[] = [];
  const errors: RowError[] = [];
  for (const row of rows) {
    try {
      results.push(run(row));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(rowError(error, nameOf(row)));
    }
  }
  return { results, errors, numErrors: errors.length };
}

function create(call: PortalCall): Reply {
  const table = tableOf(call.portal, typeOf(call).id);
  const body = parseBody(z.object({ inputs: z.array(z.unknown()) }), call.body);
  refuseOversize(body.inputs, BATCH_MAX);
  const inputs = body.inputs.map(parseDefinition);
  const rows = perRow(
    inputs,
    ({ name }) => name,
    (input) => presentProperty(createProperty(table, input, call.now)),
  );
  return batchReply(call, { ...rows, good: 201 });
}

const namesSchema = z.object({ inputs: z.array(z.object({ name: z.string() })), archived: z.boolean().default(false) });

function read(call: PortalCall): Reply {
  const table = tableOf(call.portal, typeOf(call).id);
  const { inputs, archived } = parseBody(namesSchema, call.body);
  refuseOversize(inputs, BATCH_MAX);
  const rows = perRow(
    inputs,
    ({ name }) => name,
    ({ name }) => {
      const definition = table.properties.get(name);
      if (definition === undefined || definition.archived !== archived) throw unknownProperty(name);
      return presentProperty(definition);
    },
  );
  return batchReply(call, rows);
}

function archive(call: PortalCall): Reply {
  const table = tableOf(call.portal, typeOf(call).id);
  const { inputs } = parseBody(namesSchema, call.body);
  refuseOversize(inputs, BATCH_MAX);
  for (const { name } of inputs) {
    const definition = table.properties.get(name);
    if (definition !== undefined && !definition.hubspotDefined) definition.archived = true;
  }
  return noContent;
}

const base = '/crm/properties/:objectType/batch';

export const propertyBatchRoutes: PortalRoute[] = [
  { method: 'post', path: `${base}/create`, scopes: schemaWriteScope, run: create },
  { method: 'post', path: `${base}/read`, scopes: schemaReadScope, run: read },
  { method: 'post', path: `${base}/archive`, scopes: schemaWriteScope, run: archive },
];
