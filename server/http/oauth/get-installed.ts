// GET /oauth/installed/:ticket: what was connected, and how far the preparation of the portal is. Reloads itself until it is done.
import type { RequestHandler } from 'express';
import type { Context } from '../../flows/context.ts';
import { readInstallResult } from '../../flows/install-result.ts';
import type { ConnectionView } from '../../flows/list-connections.ts';
import { sendPage, type Page } from '../page.ts';

export function getInstalled(context: Context): RequestHandler {
  return async (req, res) => {
    sendPage(
      res,
      resultPage(await readInstallResult(context, String(req.params.ticket)), context.config.hubspot.appUrl),
    );
  };
}

function resultPage({ connection, portal }: ConnectionView, appUrl: string): Page {
  const { state, steps } = portal.provisioning;
  const running = state === 'pending' || state === 'running';
  return {
    status: 200,
    title: `HubSpot account ${connection.portalId} is connected`,
    lines: [summaries[state]],
    facts: [
      ['Account', portal.hubDomain ? `${portal.hubDomain} (${connection.portalId})` : String(connection.portalId)],
      ['Rights granted', portal.scopes.join(', ')],
      ...steps.map((step): [string, string] => [step.name, step.detail ? `${step.state}: ${step.detail}` : step.state]),
    ],
    link: { href: `${appUrl}/contacts/${connection.portalId}`, text: 'Open the account in HubSpot' },
    ...(running ? { refreshSeconds: 2 } : {}),
  };
}

const summaries: Record<ConnectionView['portal']['provisioning']['state'], string> = {
  pending: 'Its properties and event types are about to be prepared. This page reloads by itself.',
  running: 'Its properties and event types are being prepared. This page reloads by itself.',
  ready: 'Everything is prepared. Clicks from now on appear on the timelines; you can close this page.',
  failed: 'A step of the preparation failed and is tried again by itself. Clicks are kept meanwhile.',
};
