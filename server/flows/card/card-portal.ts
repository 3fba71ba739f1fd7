// The portal behind a signed request, as a card may see it: its own connections that are not disconnected, whichever workspace made
// them, because what they wrote stands on the timelines of this account already. Nothing of another account.
import type { z } from 'zod';
import type { cardConnectionSchema, cardStageSchema } from '../../contract/card-parts.ts';
import { connectionStateOf, type CardConnectionState } from '../../domain/card/connection-state.ts';
import type { Health } from '../../domain/portal-health.ts';
import type { Board } from '../../domain/deals.ts';
import type { Connection } from '../../store/connections.ts';
import type { Portal } from '../../store/portals.ts';
import type { Context } from '../context.ts';
import { knownMetadata } from '../reading/portal-metadata.ts';

export type CardStage = z.infer<typeof cardStageSchema>;

export interface CardPortal {
  portalId: number;
  /** Null: never installed. */
  portal: Portal | null;
  state: CardConnectionState;
  /** Null: nobody uses the account. */
  health: Health | null;
  connections: readonly Connection[];
  connectionIds: string[];
  workspaceIds: string[];
  boards: readonly Board[];
  stageOf: (pipelineId: string, stageId: string) => CardStage;
  /** The name of a stage or pipeline; its id where we do not know. */
  labelOf: (id: string) => string;
}

export async function openCardPortal(context: Context, portalId: number): Promise<CardPortal> {
  const { store } = context;
  const [portal, all] = await Promise.all([store.portals.find(portalId), store.connections.listOfPortal(portalId)]);
  const connections = all.filter(({ state }) => state !== 'disconnected');
  const { state, health } = connectionStateOf({ portal, connections, now: context.now() });
  const boards = state === 'not_connected' ? null : await knownMetadata(context, { portalId, kind: 'pipelines' });
  return {
    portalId,
    portal,
    state,
    health,
    connections: state === 'not_connected' ? [] : connections,
    connectionIds: state === 'not_connected' ? [] : connections.map(({ _id }) => _id),
    workspaceIds: [...new Set(connections.map(({ workspaceId }) => workspaceId))],
    ...namesIn(boards ?? []),
  };
}

function namesIn(boards: readonly Board[]): Pick<CardPortal, 'boards' | 'stageOf' | 'labelOf'> {
  const labels = new Map<string, string>();
  for (const { id, label, stages } of boards) {
    labels.set(id, label);
    for (const stage of stages) labels.set(stage.id, stage.label);
  }
  return {
    boards,
    labelOf: (id) => labels.get(id) ?? id,
    stageOf: (pipelineId, stageId) => ({
      id: stageId,
      name: labels.get(stageId) ?? null,
      pipeline: { id: pipelineId, name: labels.get(pipelineId) ?? null },
    }),
  };
}

export function connectionReply({ portal, state, health }: CardPortal): z.infer<typeof cardConnectionSchema> {
  return {
    state,
    since: health?.since.toISOString() ?? null,
    reason: health?.reason?.code ?? null,
    words: health?.words ?? 'No Elido workspace uses this account.',
    next_step: health ? health.nextStep : 'Connect it from the Elido console.',
    preparing: state === 'connected' && portal?.provisioning.state !== 'ready',
  };
}
