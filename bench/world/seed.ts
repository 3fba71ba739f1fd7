// Accounts made up for measuring: contacts, open and closed deals, and the app that is installed in them.
import type { SeedInput } from '../../sandbox/control/seed-schema.ts';
import { requiredScopeNames } from '../../server/domain/scopes.ts';

export type PortalSeed = NonNullable<SeedInput['portals']>[number];
type AppSeed = NonNullable<SeedInput['apps']>[number];

export const benchApp = {
  appId: 900_200,
  clientId: '22222222-2222-4222-8222-222222222222',
  clientSecret: 'bench-client-secret',
} as const;

export function appSeed(redirectUri: string): AppSeed {
  return {
    ...benchApp,
    name: 'Elido',
    projectName: 'elido',
    redirectUris: [redirectUri],
    requiredScopes: [...requiredScopeNames],
    developerKey: 'bench-developer-key',
  };
}

/** What a server needs to know to talk to the app above. */
export function appEnv(sandboxUrl: string): Record<string, string> {
  return {
    HUBSPOT_API_URL: sandboxUrl,
    HUBSPOT_APP_URL: sandboxUrl,
    HUBSPOT_CLIENT_ID: benchApp.clientId,
    HUBSPOT_CLIENT_SECRET: benchApp.clientSecret,
    HUBSPOT_APP_ID: String(benchApp.appId),
    API_RATE_LIMIT: '1000000',
    REDIRECT_RATE_LIMIT: '1000000',
  };
}

export interface Person {
  contactId: string;
  /** Their open deals: where clicks must show too. */
  openDeals: string[];
  /** Their closed deals: where nothing may show. */
  closedDeals: string[];
}

/** `dealsOf` says how many open and closed deals the n-th contact has. */
export function makePeople(count: number, dealsOf: (n: number) => { open: number; closed: number }): Person[] {
  let lastDeal = 700_000;
  const newDeals = (many: number) => Array.from({ length: many }, () => String((lastDeal += 1)));
  return Array.from({ length: count }, (_, n) => {
    const { open, closed } = dealsOf(n);
    return { contactId: String(500_001 + n), openDeals: newDeals(open), closedDeals: newDeals(closed) };
  });
}

export interface AccountOptions {
  portalId: number;
  people: readonly Person[];
  /** Calls that HubSpot allows in ten seconds. */
  callsPerTenSeconds: number;
}

export function accountSeed({ portalId, people, callsPerTenSeconds }: AccountOptions): PortalSeed {
  const deal = (id: string, dealstage: string) => ({
    id,
    properties: { dealname: `Deal ${id}`, amount: '9000', pipeline: 'default', dealstage },
  });
  return {
    portalId,
    name: `Measured account ${portalId}`,
    limits: { perTenSeconds: callsPerTenSeconds },
    contacts: people.map(({ contactId }) => ({
      id: contactId,
      properties: { email: `contact${contactId}@example.com`, firstname: 'Contact', lastname: contactId },
    })),
    deals: people.flatMap(({ openDeals, closedDeals }) => [
      ...openDeals.map((id) => deal(id, 'appointmentscheduled')),
      ...closedDeals.map((id) => deal(id, 'closedlost')),
    ]),
    associations: people.flatMap(({ contactId, openDeals, closedDeals }) =>
      [...openDeals, ...closedDeals].map((id) => ({
        from: { type: 'contacts' as const, id: contactId },
        to: { type: 'deals' as const, id },
      })),
    ),
  };
}
