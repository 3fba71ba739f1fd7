/** Pipelines with their stages, read only. Metadata values are strings, as HubSpot writes them. */
import { apiError } from '../http/api-error.ts';
import { ok, type PortalCall, type PortalRoute } from '../http/call.ts';
import type { Pipeline, PipelineStage } from '../state/crm.ts';
import { schemaReadScope } from './properties.ts';
import { typeOf } from './targets.ts';

const EPOCH = '1970-01-01T00:00:00Z';

function presentStage(stage: PipelineStage) {
  const { id, label, displayOrder, isClosed, probability } = stage;
  return {
    id,
    label,
    displayOrder,
    metadata: { isClosed: String(isClosed), probability },
    archived: false,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    writePermissions: 'CRM_PERMISSIONS_ENFORCEMENT',
  };
}

function presentPipeline({ id, label, displayOrder, stages }: Pipeline) {
  return {
    id,
    label,
    displayOrder,
    archived: false,
    createdAt: EPOCH,
    updatedAt: EPOCH,
    stages: stages.map(presentStage),
  };
}

const pipelinesOf = (call: PortalCall): Pipeline[] => call.portal.pipelines.get(typeOf(call).id) ?? [];

function pipelineOf(call: PortalCall): Pipeline {
  const pipeline = pipelinesOf(call).find(({ id }) => id === call.params['pipelineId']);
  if (pipeline !== undefined) return pipeline;
  throw apiError(404, {
    message: `Pipeline "${call.params['pipelineId']}" does not exist`,
    category: 'OBJECT_NOT_FOUND',
  });
}

const base = '/crm/pipelines/:objectType';

export const pipelineRoutes: PortalRoute[] = [
  {
    method: 'get',
    path: base,
    scopes: schemaReadScope,
    run: (call) => ok({ results: pipelinesOf(call).map(presentPipeline) }),
  },
  {
    method: 'get',
    path: `${base}/:pipelineId`,
    scopes: schemaReadScope,
    run: (call) => ok(presentPipeline(pipelineOf(call))),
  },
  {
    method: 'get',
    path: `${base}/:pipelineId/stages`,
    scopes: schemaReadScope,
    run: (call) => ok({ results: pipelineOf(call).stages.map(presentStage) }),
  },
];
