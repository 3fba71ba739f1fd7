// Tasks on deals: what a rule suggests to the owner. HubSpot does not know our ids here, so each task carries a reference
// in its notes by which it is found again before it is made a second time.
import { z } from 'zod';
import { readAssociations } from './associations.ts';
import { ask } from './ask.ts';
import { readObjects } from './objects.ts';
import type { PortalApi } from './portal.ts';
import { idSchema } from './records.ts';

export interface NewTask {
  dealId: string;
  /** Ours, and the same however often the task is asked for. */
  reference: string;
  subject: string;
  /** Plain text. */
  body: string;
  ownerId: string | null;
  dueAt: number;
}

/** From memory: the reference names no association type of tasks. */
const taskToDeal = 216;

const replySchema = z.looseObject({ results: z.array(z.looseObject({ id: idSchema })) });

/** Makes the tasks that are not on their deals yet. */
export async function ensureTasks(portal: PortalApi, tasks: readonly NewTask[]): Promise<void> {
  const there = await referencesOn(portal, [...new Set(tasks.map(({ dealId }) => dealId))]);
  const inputs = tasks.filter(({ reference }) => !there.has(reference)).map(toWire);
  if (inputs.length === 0) return;
  await ask(
    portal,
    { ...portal.endpoint('objectsBatchCreate', { objectType: 'tasks' }), body: { inputs } },
    replySchema,
  );
}

async function referencesOn(portal: PortalApi, dealIds: readonly string[]): Promise<Set<string>> {
  const { found: tasksOf } = await readAssociations(portal, { from: 'deals', to: 'tasks', ids: dealIds });
  const ids = new Set([...tasksOf.values()].flat());
  if (ids.size === 0) return new Set();
  const { found } = await readObjects(portal, { objectType: 'tasks', keys: ids, properties: ['hs_task_body'] });
  const bodies = [...found.values()].map(({ properties }) => properties['hs_task_body'] ?? '');
  return new Set(bodies.flatMap((body) => /Reference: ([\w:-]+)/.exec(body)?.[1] ?? []));
}

function toWire({ dealId, reference, subject, body, ownerId, dueAt }: NewTask) {
  return {
    objectWriteTraceId: reference,
    properties: {
      hs_task_subject: subject,
      hs_task_body: `${escaped(body)}<br>Reference: ${reference}`,
      hs_task_status: 'NOT_STARTED',
      hs_timestamp: new Date(dueAt).toISOString(),
      ...(ownerId === null ? {} : { hubspot_owner_id: ownerId }),
    },
    associations: [
      { to: { id: dealId }, types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: taskToDeal }] },
    ],
  };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
