// Who is calling with an API key: it becomes its workspace and scopes. Asks the store at most once in ten seconds per key.
import { CodedError } from '../errors.ts';
import { digestOf } from '../lib/ids.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Caller } from './caller.ts';
import type { Context } from './context.ts';

const apiKeyPattern = /^elk_[0-9a-z]{32}$/;

const lastUsedStepMs = 60_000;

/** Throws `unauthorized` for a missing, malformed, unknown or revoked key, and `store_unavailable` when it cannot be checked. */
export async function authenticateKey(context: Context, authorization: string | undefined): Promise<Caller> {
  const key = await findKey(context, presentedKey(authorization));
  const { _id: id, workspaceId, scopes, name } = key;
  return { id, workspaceId, scopes, actor: { kind: 'key', id, name: name || 'API key' }, person: null };
}

/** Whether a stream that was opened with a key may go on. */
export async function isKeyAlive(context: Context, keyId: string): Promise<boolean> {
  const key = await context.store.apiKeys.findById(keyId);
  return key !== null && !hasEnded(context, key);
}

function presentedKey(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw new CodedError('unauthorized', 'Send your API key as "Authorization: Bearer elk_...".');
  }
  const key = /^Bearer +(\S+)$/i.exec(authorization.trim())?.[1];
  if (key === undefined || !apiKeyPattern.test(key)) {
    throw new CodedError('unauthorized', 'The Authorization header holds no API key. Send "Bearer elk_...".');
  }
  return key;
}

async function findKey(context: Context, key: string): Promise<ApiKey> {
  const hash = digestOf(key);
  const cached = context.caches.apiKeys.get(hash);
  if (cached?.fresh && !hasEnded(context, cached.value)) return cached.value;
  const found = await context.store.apiKeys.findByHash(hash);
  if (!found || hasEnded(context, found)) {
    context.caches.apiKeys.delete(hash);
    const message = found
      ? `This API key ${found.revokedAt ? 'was revoked' : 'was replaced and its time is over'}. Use another one.`
      : 'This API key is not known.';
    throw new CodedError('unauthorized', message);
  }
  context.caches.apiKeys.set(hash, found);
  noteUse(context, found);
  return found;
}

function hasEnded({ now }: Pick<Context, 'now'>, { revokedAt, endsAt }: ApiKey): boolean {
  return revokedAt !== null || (endsAt !== null && endsAt !== undefined && endsAt.getTime() <= now());
}

/** Not awaited: no request waits for its own bookkeeping, and a lost note does no harm. */
function noteUse({ store, now, log }: Context, key: ApiKey): void {
  if (key.lastUsedAt && now() - key.lastUsedAt.getTime() < lastUsedStepMs) return;
  store.apiKeys.markUsed({ id: key._id, now: now() }).catch((error: unknown) => {
    log.debug({ keyId: key._id, err: error }, 'the last use of a key could not be noted');
  });
}
