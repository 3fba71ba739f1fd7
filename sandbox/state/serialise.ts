/** Writes the state as JSON and reads it back. Maps and Sets are tagged; everything else is plain data already. */
import * as z from 'zod';
import { emptyState, type SandboxState } from './sandbox-state.ts';

const FORMAT = 'hubspot-sandbox/1';

function pack(_key: string, value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value] };
  if (value instanceof Set) return { $set: [...value] };
  return value;
}

function unpack(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map as [unknown, unknown][]);
  if ('$set' in value && Array.isArray(value.$set)) return new Set(value.$set as unknown[]);
  return value;
}

export function saveState(state: SandboxState): string {
  return JSON.stringify({ format: FORMAT, state }, pack);
}

const map = z.instanceof(Map);
const savedSchema = z.object({
  format: z.literal(FORMAT, `is not a saved sandbox of format ${FORMAT}`),
  state: z.object({
    clock: z.object({ frozenAt: z.number().nullable(), offsetMs: z.number() }),
    switches: z.object({}).loose(),
    apps: map,
    portals: map,
    codes: map,
    accessTokens: map,
    refreshTokens: map,
    installs: map,
    eventTypes: map,
    faults: z.array(z.unknown()),
    nextId: z.number(),
  }),
});

/** Reads what saveState wrote. Anything else is refused before the running state is touched. */
export function loadState(text: string): SandboxState {
  const { state } = savedSchema.parse(JSON.parse(text, unpack));
  const loaded = { ...emptyState(), ...(state as unknown as SandboxState) };
  // Of no use after a pause, and absent in files of older versions.
  for (const portal of loaded.portals.values()) portal.changes = [];
  return loaded;
}
