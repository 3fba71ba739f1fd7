// A sandbox for one test file, with the app that `testConfig` speaks for and one portal.
import { startSandbox, type Sandbox } from '../../sandbox/index.ts';
import { requiredScopeNames } from '../../server/domain/scopes.ts';

export const testAppId = 900_001;
export const testPortalId = 62_515;

export interface TestSandbox extends Sandbox {
  /** For `startTestServer({ env })`. */
  env: Record<string, string>;
  /** HubSpot knows redirect addresses to the letter, and the server's is known only after it listens. */
  registerApp(app: { publicUrl: string; requiredScopes?: readonly string[] }): void;
}

export async function startTestSandbox(): Promise<TestSandbox> {
  const sandbox = await startSandbox();
  sandbox.control.seed({ portals: [{ portalId: testPortalId, name: 'Sample account', domain: 'sample.example.com' }] });
  return {
    ...sandbox,
    env: { HUBSPOT_API_URL: sandbox.url, HUBSPOT_APP_URL: sandbox.url },
    registerApp({ publicUrl, requiredScopes = requiredScopeNames }) {
      const app = {
        appId: testAppId,
        name: 'Elido',
        projectName: 'elido',
        clientId: 'test-client-id',
        clientSecret: 'test-client-secret',
        redirectUris: [`${publicUrl}/oauth/callback`],
        requiredScopes: [...requiredScopes],
        optionalScopes: ['automation'],
        developerKey: 'test-developer-key',
      };
      sandbox.control.seed({ apps: [app] });
    },
  };
}
