// The field mapping of a connection, checked against the portal's real property definitions before it is stored.
import { checkFieldMapping, type FieldMappingRow } from '../domain/field-mapping.ts';
import { CodedError } from '../errors.ts';
import type { Connection } from '../store/connections.ts';
import type { Context } from './context.ts';
import { readMetadata } from './reading/portal-metadata.ts';

export interface MappingOf {
  workspaceId: string;
  connectionId: string;
}

export async function readFieldMapping(context: Context, of: MappingOf): Promise<{ rows: FieldMappingRow[] }> {
  const connection = await findConnection(context, of);
  return { rows: connection.mapping };
}

/** Throws `mapping_refused` with each refused row and its reason; then nothing is changed. */
export async function changeFieldMapping(
  context: Context,
  { rows, ...of }: MappingOf & { rows: FieldMappingRow[] },
): Promise<{ rows: FieldMappingRow[] }> {
  const connection = await findConnection(context, of);
  const { portalId } = connection;
  const { value: properties } = await readMetadata(context, { portalId, kind: 'contacts', refresh: true });
  const problems = checkFieldMapping(rows, properties);
  if (problems.length > 0) {
    const [first] = problems;
    throw new CodedError('mapping_refused', first?.reason ?? 'The mapping cannot be used.', {
      field: `rows.${first?.row ?? 0}.property`,
      details: { rows: problems },
    });
  }
  const changed = await context.store.connections.change({ ...of, set: { mapping: rows } });
  return { rows: changed?.mapping ?? rows };
}

async function findConnection({ store }: Context, of: MappingOf): Promise<Connection> {
  const connection = await store.connections.find(of);
  if (connection) return connection;
  throw new CodedError('not_found', 'This workspace has no such connection.');
}
