/** The envelope of batch answers: 200 or 201 when every row went well, 207 with grouped error rows otherwise. */
import type { PortalCall, Reply } from '../http/call.ts';
import { apiError, validationError } from '../http/api-error.ts';
import type { ObjectType } from '../state/object-types.ts';

export type RowError = {
  status: 'error';
  category: string;
  subCategory?: string;
  message: string;
  context: Record<string, string[]>;
};

export function batchReply(
  call: PortalCall,
  rows: { results: unknown[]; errors: RowError[]; numErrors: number; good?: 200 | 201 },
): Reply {
  const { results, errors, numErrors } = rows;
  const moment = new Date(call.now).toISOString();
  const body = { status: 'COMPLETE', results, startedAt: moment, completedAt: moment };
  if (numErrors === 0) return { status: rows.good ?? 200, body };
  return { status: 207, body: { ...body, numErrors, errors } };
}

/** One grouped entry for all the ids that were not found. */
export function missingRows(type: ObjectType, ids: string[]): RowError[] {
  if (ids.length === 0) return [];
  const name = type.singular.toUpperCase();
  return [
    {
      status: 'error',
      category: 'OBJECT_NOT_FOUND',
      message: `Could not get some ${name} objects, they may be deleted or not exist. Check that ids are valid.`,
      context: { ids },
    },
  ];
}

export function refuseDuplicates(ids: readonly string[]): void {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const id of ids) {
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  if (twice.size === 0) return;
  const duplicates = [...twice];
  throw apiError(400, {
    message: `Duplicate IDs found in batch input: [${duplicates.join(', ')}]. IDs must be unique`,
    category: 'VALIDATION_ERROR',
    context: { ids: duplicates },
  });
}

export function refuseOversize(inputs: readonly unknown[], max: number): void {
  if (inputs.length <= max) return;
  throw validationError(`The maximum number of inputs in a batch is ${max}, but there were ${inputs.length}`);
}
