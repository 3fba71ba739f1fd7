// Deal pipelines and their stages, as HubSpot has them now.
import { z } from 'zod';
import { ask } from './ask.ts';
import type { PortalApi } from './portal.ts';

interface DealStage {
  id: string;
  label: string;
  displayOrder: number;
  isClosed: boolean;
  /** 0 to 1; `null` when the account gives none. */
  probability: number | null;
}

export interface DealPipeline {
  id: string;
  label: string;
  displayOrder: number;
  stages: DealStage[];
}

/** Metadata values are texts on the wire: "true", "0.2". */
const metadataSchema = z
  .looseObject({
    isClosed: z.union([z.boolean(), z.string()]).optional(),
    probability: z.union([z.number(), z.string()]).nullish(),
  })
  .default({});

const stageSchema = z.looseObject({
  id: z.string(),
  label: z.string().default(''),
  displayOrder: z.number().default(0),
  archived: z.boolean().default(false),
  metadata: metadataSchema,
});

const replySchema = z.looseObject({
  results: z.array(
    z.looseObject({
      id: z.string(),
      label: z.string().default(''),
      displayOrder: z.number().default(0),
      archived: z.boolean().default(false),
      stages: z.array(stageSchema).default([]),
    }),
  ),
});

/** Archived pipelines and stages are left out; stages come in the order of the board. */
export async function listDealPipelines(portal: PortalApi): Promise<DealPipeline[]> {
  const { results } = await ask(portal, portal.endpoint('pipelines', { objectType: 'deals' }), replySchema);
  return results
    .filter(({ archived }) => !archived)
    .map(({ id, label, displayOrder, stages }) => ({
      id,
      label,
      displayOrder,
      stages: stages
        .filter(({ archived }) => !archived)
        .map(toStage)
        .sort((a, b) => a.displayOrder - b.displayOrder),
    }));
}

function toStage({ id, label, displayOrder, metadata }: z.infer<typeof stageSchema>): DealStage {
  const probability =
    metadata.probability === undefined || metadata.probability === null ? Number.NaN : Number(metadata.probability);
  return {
    id,
    label,
    displayOrder,
    isClosed: String(metadata.isClosed).toLowerCase() === 'true',
    probability: Number.isFinite(probability) ? probability : null,
  };
}
