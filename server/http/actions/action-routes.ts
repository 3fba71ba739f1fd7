// The steps of workflows that HubSpot runs here. HubSpot's documents say that actions are signed with v2, its newer ones with v3: both
// are taken. v2 carries no time, and needs none here: a call that is sent again finds its own execution and changes nothing.
import express, { type Router } from 'express';
import type { Context } from '../../flows/context.ts';
import { signedByHubSpot } from '../hubspot/signed.ts';
import { postCreateLink } from './post-create-link.ts';
import { postReportConversion } from './post-report-conversion.ts';
import { postWaitForClick } from './post-wait-for-click.ts';

const accept = ['v3', 'v2'] as const;

export function actionRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true });
  router.use('/actions/hubspot', signedByHubSpot(context, { accept }));
  router.post('/actions/hubspot/wait-for-click', postWaitForClick(context));
  router.post('/actions/hubspot/create-link', postCreateLink(context));
  router.post('/actions/hubspot/report-conversion', postReportConversion(context));
  return router;
}
