// Who is in the demo's sandbox before the story begins: a person who downloaded an ebook last September, and an open deal.
import type { SeedInput } from '../../sandbox/control/seed-schema.ts';
import { requiredScopeNames } from '../../server/domain/scopes.ts';

export const demoPortalId = 62_515_001;
/** An account that never connected: what the cards say there. */
const strangerPortalId = 62_515_002;

export const demoApp = {
  appId: 900_100,
  clientId: '11111111-1111-4111-8111-111111111111',
  clientSecret: 'demo-client-secret',
} as const;

const monthMs = 30 * 24 * 3600_000;

export function demoSeed(redirectUri: string, now: number): SeedInput {
  return {
    apps: [
      {
        ...demoApp,
        name: 'Elido',
        projectName: 'elido',
        redirectUris: [redirectUri],
        requiredScopes: [...requiredScopeNames],
        developerKey: 'demo-developer-key',
      },
    ],
    portals: [
      {
        portalId: demoPortalId,
        name: 'Example SaaS account',
        contacts: [
          {
            id: '501',
            createdAt: now - 2 * monthMs,
            properties: {
              email: 'sam@example.com',
              firstname: 'Sam',
              lastname: 'Sample',
              jobtitle: 'Head of Examples',
              lifecyclestage: 'opportunity',
              hs_analytics_source: 'ORGANIC_SEARCH',
            },
          },
          { id: '502', properties: { email: 'alex@example.com', firstname: 'Alex', lastname: 'Example' } },
        ],
        deals: [
          {
            id: '701',
            createdAt: now - monthMs,
            properties: {
              dealname: 'Example Ltd: annual plan',
              amount: '12000',
              pipeline: 'default',
              dealstage: 'appointmentscheduled',
            },
          },
        ],
        associations: [{ from: { type: 'contacts', id: '501' }, to: { type: 'deals', id: '701' } }],
      },
      {
        portalId: strangerPortalId,
        name: 'Another account',
        contacts: [{ id: '501', properties: { email: 'pat@example.com', firstname: 'Pat', lastname: 'Placeholder' } }],
        deals: [{ id: '701', properties: { dealname: 'Placeholder Ltd: trial', dealstage: 'appointmentscheduled' } }],
        associations: [{ from: { type: 'contacts', id: '501' }, to: { type: 'deals', id: '701' } }],
      },
    ],
  };
}
