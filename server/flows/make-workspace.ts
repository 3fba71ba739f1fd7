// Workspaces and their API keys, for the command line and for installations that start in the marketplace.
// A key leaves this file once, as text; after that only its hash exists.
import { apiScopesSchema, type ApiScope } from '../contract/api-scopes.ts';
import { CodedError } from '../errors.ts';
import { digestOf, randomCharacters } from '../lib/ids.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Workspace } from '../store/workspaces.ts';
import type { Context } from './context.ts';

type Parts = Pick<Context, 'store' | 'now' | 'newId'>;

export async function makeWorkspace({ store, now, newId }: Parts, name: string): Promise<Workspace> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 200) {
    throw new CodedError('invalid_request', 'A workspace needs a name of 1 to 200 characters.', { field: 'name' });
  }
  return store.workspaces.create({ id: newId('workspace'), name: trimmed, now: now() });
}

interface NewKey {
  workspaceId: string;
  scopes: readonly string[];
  name?: string;
}

/** `secret` is shown to nobody again. */
export async function makeKey(
  { store, now, newId }: Parts,
  { workspaceId, scopes, name = '' }: NewKey,
): Promise<{ secret: string; key: ApiKey }> {
  const parsed = apiScopesSchema.safeParse([...new Set(scopes)]);
  if (!parsed.success) {
    const message = `Unknown or missing scope. Choose from: ${apiScopesSchema.element.options.join(', ')}.`;
    throw new CodedError('invalid_request', message, { field: 'scopes' });
  }
  if (!(await store.workspaces.find(workspaceId))) {
    throw new CodedError('not_found', `There is no workspace ${workspaceId}.`, { field: 'workspace' });
  }
  const secret = `elk_${randomCharacters(32)}`;
  const granted: ApiScope[] = parsed.data;
  const key = await store.apiKeys.create({
    id: newId('apiKey'),
    workspaceId,
    name: name.trim(),
    hash: digestOf(secret),
    prefix: secret.slice(0, 8),
    scopes: granted,
    now: now(),
  });
  return { secret, key };
}

/** Takes effect at once here, and within ten seconds in other processes. */
export async function revokeKey(
  { store, now, caches }: Parts & Partial<Pick<Context, 'caches'>>,
  keyId: string,
): Promise<void> {
  const revoked = await store.apiKeys.revoke({ id: keyId, now: now() });
  if (!revoked) throw new CodedError('not_found', `There is no live key ${keyId}.`, { field: 'key' });
  caches?.apiKeys.clear();
}

export interface WorkspaceSummary {
  workspace: Workspace;
  keys: ApiKey[];
}

export async function listWorkspaces({ store }: Pick<Context, 'store'>): Promise<WorkspaceSummary[]> {
  const workspaces = await store.workspaces.list();
  return Promise.all(
    workspaces.map(async (workspace) => ({ workspace, keys: await store.apiKeys.listOfWorkspace(workspace._id) })),
  );
}
