// One fresh sandbox per test with one app and one portal, and a small caller over real HTTP. Closes what it opened.
import { onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/index.ts';

export const PORTAL = 20_000_001;
export const APP = 7001;
export const REDIRECT = 'http://localhost:9999/oauth/callback';
export const CLIENT = { client_id: 'client-7001', client_secret: 'secret-7001' };

const ALL_SCOPES = [
  'oauth',
  'timeline',
  ...['contacts', 'companies', 'deals'].flatMap((name) => [
    `crm.objects.${name}.read`,
    `crm.objects.${name}.write`,
    `crm.schemas.${name}.write`,
  ]),
  'crm.objects.owners.read',
];

/** Loose on purpose: tests reach into answers of many shapes and compare with literals. */
type Json = { [name: string]: Json } & Json[];
export type Answer = { status: number; headers: Headers; text: string; body: Json };

export type CallOptions = {
  body?: unknown;
  form?: Record<string, string>;
  token?: string | null;
  headers?: Record<string, string>;
};

export type TestPortal = {
  sandbox: Sandbox;
  accessToken: string;
  refreshToken: string;
  call: (method: string, path: string, options?: CallOptions) => Promise<Answer>;
};

export async function send(url: string, method: string, options: CallOptions = {}): Promise<Answer> {
  const headers = new Headers(options.headers);
  if (typeof options.token === 'string') headers.set('authorization', `Bearer ${options.token}`);
  let body: string | URLSearchParams | undefined;
  if (options.form !== undefined) body = new URLSearchParams(options.form);
  else if (options.body !== undefined) {
    body = typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
    headers.set('content-type', 'application/json');
  }
  const response = await fetch(url, { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, headers: response.headers, text, body: (isJson ? parse(text) : undefined) as Json };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export async function startPortal(options: SandboxOptions & { scopes?: string[] } = {}): Promise<TestPortal> {
  const { scopes, ...sandboxOptions } = options;
  const sandbox = await startSandbox(sandboxOptions);
  onTestFinished(() => sandbox.close());
  sandbox.control.seed({
    apps: [
      {
        appId: APP,
        name: 'Test app',
        projectName: 'test-project',
        clientId: CLIENT.client_id,
        clientSecret: CLIENT.client_secret,
        redirectUris: [REDIRECT],
        requiredScopes: ['oauth', 'crm.objects.contacts.read'],
        optionalScopes: ['crm.objects.deals.read'],
        developerKey: 'developer-key',
      },
    ],
    portals: [
      {
        portalId: PORTAL,
        contacts: [
          { id: 101, properties: { email: 'first@example.com', firstname: 'First', hs_analytics_source: 'OFFLINE' } },
          { id: 102, properties: { email: 'se+cond@example.com', firstname: 'Second' } },
        ],
        companies: [{ id: 201, properties: { name: 'Sample Ltd' } }],
        deals: [{ id: 301, properties: { dealname: 'Sample deal', amount: '100', dealstage: 'appointmentscheduled' } }],
        associations: [{ from: { type: 'contacts', id: 101 }, to: { type: 'deals', id: 301 } }],
      },
    ],
  });
  const grant = sandbox.control.install({ appId: APP, portalId: PORTAL, scopes: scopes ?? ALL_SCOPES });
  return {
    sandbox,
    accessToken: grant.accessToken,
    refreshToken: grant.refreshToken,
    call: (method, path, callOptions = {}) =>
      send(sandbox.url + path, method, { token: grant.accessToken, ...callOptions }),
  };
}
