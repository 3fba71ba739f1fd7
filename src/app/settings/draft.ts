// What somebody has changed on the settings page and not saved yet: as data, with what is wrong with it and the requests that save it. Pure.
import type { CardRequest } from './shared/call-card-api.ts';
import type { CardSettings, Connection, FieldMappingRow } from './shared/card-api.ts';

export interface Draft {
  mode: Connection['mode'];
  dialect: Connection['dialect'];
  conversionStage: Connection['conversion_stage'];
  rows: { source: FieldMappingRow['source']; property: string }[];
}

export function draftOf(settings: CardSettings, selected: Connection): Draft {
  return {
    mode: selected.mode,
    dialect: selected.dialect,
    conversionStage: selected.conversion_stage,
    rows: settings.field_mapping.map(({ source, property }) => ({ source, property })),
  };
}

export function isChanged(saved: Draft, draft: Draft): boolean {
  return JSON.stringify(saved) !== JSON.stringify(draft);
}

export type RowProblem = 'mappingChoose' | 'mappingTwice';

/** By row; what only HubSpot's definitions tell is left to the server. */
export function rowProblems({ rows }: Draft): (RowProblem | null)[] {
  return rows.map(({ property }, index) => {
    if (property === '') return 'mappingChoose';
    return rows.findIndex((row) => row.property === property) < index ? 'mappingTwice' : null;
  });
}

type Change = CardRequest<'patchCardConnection'> | CardRequest<'putCardFieldMapping'>;

/** In the order they are sent. Each says what shall be, so a request that arrives twice does no harm. */
export function changesOf(saved: Draft, draft: Draft, connectionId: string): Change[] {
  const connection = {
    ...(draft.mode === saved.mode ? {} : { mode: draft.mode }),
    ...(draft.dialect === saved.dialect ? {} : { dialect: draft.dialect }),
    ...(same(draft.conversionStage, saved.conversionStage) ? {} : { conversion_stage: draft.conversionStage }),
  };
  const changes: Change[] = [];
  if (Object.keys(connection).length > 0) {
    changes.push({ id: 'patchCardConnection', body: { ...connection, connection_id: connectionId } });
  }
  if (!same(draft.rows, saved.rows)) {
    changes.push({ id: 'putCardFieldMapping', body: { rows: draft.rows, connection_id: connectionId } });
  }
  return changes;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
