/** What `npm run sandbox` starts with: one account, a few obviously made-up records, one app. */
import type { SeedInput } from './seed-schema.ts';

const DEFAULT_PORTAL_ID = 10_000_001;
const DEFAULT_APP_ID = 900_001;

const callbackPorts = [3000, 8080];

export const defaultSeed: SeedInput = {
  apps: [
    {
      appId: DEFAULT_APP_ID,
      name: 'Elido',
      projectName: 'elido',
      clientId: '00000000-0000-4000-8000-000000000001',
      clientSecret: 'sandbox-client-secret',
      redirectUris: callbackPorts.map((port) => `http://localhost:${port}/oauth/callback`),
      requiredScopes: [
        'oauth',
        'timeline',
        'crm.objects.contacts.read',
        'crm.objects.contacts.write',
        'crm.schemas.contacts.write',
        'crm.objects.deals.read',
        'crm.objects.deals.write',
        'crm.schemas.deals.write',
      ],
      optionalScopes: ['crm.objects.companies.read', 'crm.objects.owners.read', 'crm.objects.notes.write'],
      developerKey: 'sandbox-developer-key',
    },
  ],
  portals: [
    {
      portalId: DEFAULT_PORTAL_ID,
      name: 'Sample account',
      contacts: [
        {
          id: 501,
          properties: {
            email: 'sam@example.com',
            firstname: 'Sam',
            lastname: 'Sample',
            jobtitle: 'Head of Examples',
            lifecyclestage: 'lead',
            hs_analytics_source: 'ORGANIC_SEARCH',
          },
        },
        {
          id: 502,
          properties: {
            email: 'ex+news@example.com',
            firstname: 'Ex',
            lastname: 'Ample',
            lifecyclestage: 'opportunity',
            hs_analytics_source: 'DIRECT_TRAFFIC',
          },
        },
        { id: 503, properties: { email: 'no.deal@example.com', firstname: 'Nodeal', lastname: 'Placeholder' } },
      ],
      companies: [{ id: 601, properties: { name: 'Placeholder Ltd', domain: 'placeholder.example.com' } }],
      deals: [
        {
          id: 701,
          properties: {
            dealname: 'Placeholder Ltd: annual plan',
            amount: '12000',
            pipeline: 'default',
            dealstage: 'qualifiedtobuy',
          },
        },
        {
          id: 702,
          properties: {
            dealname: 'Placeholder Ltd: renewal',
            amount: '4800',
            pipeline: '9001000',
            dealstage: '90010001',
          },
        },
      ],
      associations: [
        { from: { type: 'contacts', id: 501 }, to: { type: 'companies', id: 601 }, typeId: 1 },
        { from: { type: 'contacts', id: 501 }, to: { type: 'deals', id: 701 } },
        { from: { type: 'contacts', id: 502 }, to: { type: 'deals', id: 701 } },
        { from: { type: 'contacts', id: 502 }, to: { type: 'deals', id: 702 } },
        { from: { type: 'deals', id: 701 }, to: { type: 'companies', id: 601 }, typeId: 5 },
      ],
    },
  ],
};
