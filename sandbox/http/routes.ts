/** The map of the API: every route the sandbox answers. Fixed segments come before parameters that would swallow them. */
import { accountRoutes } from '../crm/account.ts';
import { callbackRoutes } from '../automation/callbacks.ts';
import { associationBatchRoutes } from '../crm/associations.ts';
import { batchReadRoutes } from '../crm/batch-read.ts';
import { batchWriteRoutes } from '../crm/batch-write.ts';
import { mergeRoutes } from '../crm/merge.ts';
import { objectRoutes } from '../crm/objects.ts';
import { ownerRoutes } from '../crm/owners.ts';
import { pipelineRoutes } from '../crm/pipelines.ts';
import { propertyBatchRoutes } from '../crm/properties-batch.ts';
import { propertyGroupRoutes } from '../crm/property-groups.ts';
import { propertyRoutes } from '../crm/properties.ts';
import { recordAssociationRoutes } from '../crm/record-associations.ts';
import { searchRoute } from '../crm/search.ts';
import { introspectRoute, legacyAccessTokenRoute, legacyRefreshTokenRoute } from '../oauth/introspect.ts';
import { legacyRevokeRoute, revokeRoute, uninstallRoute } from '../oauth/revoke.ts';
import { tokenRoute } from '../oauth/token.ts';
import { appEventRoutes } from '../timeline/app-events.ts';
import { templateRoutes } from '../timeline/templates.ts';
import { v3EventRoutes } from '../timeline/v3-events.ts';
import type { Route } from './call.ts';

export const apiRoutes: readonly Route[] = [
  tokenRoute,
  introspectRoute,
  revokeRoute,
  legacyAccessTokenRoute,
  legacyRefreshTokenRoute,
  legacyRevokeRoute,
  uninstallRoute,
  ...accountRoutes,
  searchRoute,
  ...mergeRoutes,
  ...batchReadRoutes,
  ...batchWriteRoutes,
  ...recordAssociationRoutes,
  ...objectRoutes,
  ...associationBatchRoutes,
  ...propertyGroupRoutes,
  ...propertyBatchRoutes,
  ...propertyRoutes,
  ...pipelineRoutes,
  ...ownerRoutes,
  ...appEventRoutes,
  ...v3EventRoutes,
  ...templateRoutes,
  ...callbackRoutes,
];
