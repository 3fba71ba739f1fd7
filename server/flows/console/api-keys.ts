// API keys as people manage them: list, make, rotate with a time for both keys, revoke. Nobody makes a key that may do more than they.
import { CodedError } from '../../errors.ts';
import type { ApiKey } from '../../store/api-keys.ts';
import { assertHandsOn, type Caller } from '../caller.ts';
import type { Context } from '../context.ts';
import { makeKey } from '../make-workspace.ts';

const hourMs = 3600_000;

export interface ShownKey {
  key: ApiKey;
  /** Shown to nobody again. */
  secret: string;
}

/** Newest first. */
export async function listKeys({ store }: Context, { workspaceId }: Caller): Promise<ApiKey[]> {
  const keys = await store.apiKeys.listOfWorkspace(workspaceId);
  return keys.reverse();
}

export async function createKey(
  context: Context,
  caller: Caller,
  { name, scopes }: { name: string; scopes: readonly string[] },
): Promise<ShownKey> {
  assertHandsOn(caller, scopes);
  return makeKey(context, { workspaceId: caller.workspaceId, scopes, name });
}

/** A key of the same name and scopes; the old one goes on working for the grace. */
export async function rotateKey(
  context: Context,
  caller: Caller,
  { keyId, graceHours }: { keyId: string; graceHours: number },
): Promise<ShownKey & { previous: ApiKey }> {
  const { store, caches, now } = context;
  const { workspaceId } = caller;
  const known = await store.apiKeys.findById(keyId);
  if (!known || known.workspaceId !== workspaceId || known.revokedAt) throw noSuchKey(keyId);
  assertHandsOn(caller, known.scopes);
  const made = await makeKey(context, { workspaceId, scopes: known.scopes, name: known.name });
  const endsAt = new Date(Math.min(now() + graceHours * hourMs, known.endsAt?.getTime() ?? Number.POSITIVE_INFINITY));
  const previous = await store.apiKeys.end({ workspaceId, id: keyId, change: { endsAt } });
  caches.apiKeys.clear();
  if (!previous) throw noSuchKey(keyId);
  return { ...made, previous };
}

/** Ended here at once, and within ten seconds in other processes. */
export async function revokeKeyOf(context: Context, { workspaceId }: Caller, keyId: string): Promise<ApiKey> {
  const { store, caches, live, now } = context;
  const revoked = await store.apiKeys.end({ workspaceId, id: keyId, change: { revokedAt: new Date(now()) } });
  caches.apiKeys.clear();
  if (!revoked) throw noSuchKey(keyId);
  live.closeSessions([keyId]);
  return revoked;
}

function noSuchKey(keyId: string): CodedError {
  return new CodedError('not_found', `This workspace has no live key ${keyId}.`, { field: 'key_id' });
}
