// One sandbox with one app and one portal, and our own way into it. Closes what it opened.
import { onTestFinished } from 'vitest';
import { makeHubSpot, type CallRecord, type HubSpot, type PortalApi } from '../../server/hubspot/client.ts';
import { makeGovernor, type Governor } from '../../server/hubspot/governor.ts';
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';

export const portalId = 20_000_001;
export const appId = 7001;
export const clientId = 'client-7001';
export const clientSecret = 'secret-7001';
export const developerApiKey = 'developer-key-7001';
export const redirectUri = 'http://localhost:9999/oauth/callback';

export const allScopes = [
  'oauth',
  'timeline',
  ...['contacts', 'companies', 'deals'].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.write`,
  ]),
];

export interface SandboxPortal {
  sandbox: Sandbox;
  hubspot: HubSpot;
  portal: PortalApi;
  governor: Governor;
  calls: CallRecord[];
  grant: { accessToken: string; refreshToken: string };
}

export interface SandboxPortalOptions {
  contacts?: number;
  deals?: number;
  approved?: boolean;
  timeoutMs?: number;
  scopes?: string[];
  version?: string;
}

/** Contacts 1..n with addresses contact-1@example.com, deals 1001..n. */
export async function startSandboxPortal(options: SandboxPortalOptions = {}): Promise<SandboxPortal> {
  const { contacts = 0, deals = 0, approved = true, timeoutMs = 5_000, scopes, version = '2026-03' } = options;
  const sandbox = await startSandbox();
  sandbox.control.seed({
    apps: [
      {
        appId,
        name: 'Elido',
        projectName: 'elido',
        clientId,
        clientSecret,
        developerKey: developerApiKey,
        redirectUris: [redirectUri],
        requiredScopes: allScopes,
        approved,
      },
    ],
    portals: [
      {
        portalId,
        contacts: numbered(contacts, 1).map((id) => ({ id, properties: { email: `contact-${id}@example.com` } })),
        deals: numbered(deals, 1001).map((id) => ({ id, properties: { dealname: `Deal ${id}` } })),
      },
    ],
  });
  const grant = sandbox.control.install({ appId, portalId, ...(scopes ? { scopes } : {}) });
  const calls: CallRecord[] = [];
  const hubspot = makeHubSpot({
    apiUrl: sandbox.url,
    appUrl: sandbox.url,
    version,
    timeoutMs,
    onCall: (call) => calls.push(call),
  });
  const governor = makeGovernor();
  const portal = hubspot.portal({
    portalId,
    accessToken: () => Promise.resolve(grant.accessToken),
    governor,
    lane: 'live',
  });
  onTestFinished(async () => {
    governor.close();
    hubspot.close();
    await sandbox.close();
  });
  return { sandbox, hubspot, portal, governor, calls, grant };
}

export function numbered(count: number, first = 1): number[] {
  return Array.from({ length: count }, (_, index) => first + index);
}
