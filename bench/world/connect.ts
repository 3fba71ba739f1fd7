// Connects a workspace to an account of the sandbox as a person does: install link, consent page, way back, provisioning.
import type { Api } from './api.ts';
import { waitFor } from './wait-for.ts';

interface ConnectOptions {
  api: Api;
  sandboxUrl: string;
  portalId: number;
}

/** Resolves when the account is ready to be written to. */
export async function connectPortal({ api, sandboxUrl, portalId }: ConnectOptions): Promise<void> {
  const { url } = await api.post<{ url: string }>('/v1/connections/install-links', {});
  const start = await fetch(url, { redirect: 'manual' });
  const cookie = start.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ');
  const form = new URLSearchParams(new URL(start.headers.get('location') ?? '', sandboxUrl).search);
  form.set('account', String(portalId));
  form.set('decision', 'grant');
  const decided = await fetch(`${sandboxUrl}/oauth/authorize/decision`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  });
  const callback = decided.headers.get('location');
  if (!callback) throw new Error(`The consent was not accepted: ${decided.status}.`);
  const done = await fetch(callback, { headers: { cookie }, redirect: 'manual' });
  if (done.status >= 400) throw new Error(`The installation ended with ${done.status}: ${await done.text()}`);
  await waitFor(`portal ${portalId} to be ready`, () => isReady(api));
}

interface ConnectionReply {
  provisioning: { state: string; steps: unknown[] };
}

async function isReady(api: Api): Promise<boolean> {
  const { connections } = await api.get<{ connections: ConnectionReply[] }>('/v1/connections');
  const provisioning = connections[0]?.provisioning;
  if (provisioning?.state === 'failed') throw new Error(JSON.stringify(provisioning.steps));
  return provisioning?.state === 'ready';
}
