// Who is calling: an API key becomes its workspace and scopes. Asks the store at most once in ten seconds per key.
import type { ApiScope } from '../contract/api-scopes.ts';
import { CodedError } from '../errors.ts';
import { digestOf } from '../lib/ids.ts';
import type { ApiKey } from '../store/api-keys.ts';
import type { Context } from './context.ts';

export interface Caller {
  keyId: string;
  workspaceId: string;
  scopes: readonly string[];
}

const apiKeyPattern = /^elk_[0-9a-z]{32}$/;

const lastUsedStepMs = 60_000;

/** Throws `unauthorized` for a missing, malformed, unknown or revoked key, and `store_unavailable` when it cannot be checked. */
export async function authenticateKey(context: Context, authorization: string | undefined): Promise<Caller> {
  const key = await findKey(context, presentedKey(authorization));
  return { keyId: key._id, workspaceId: key.workspaceId, scopes: key.scopes };
}

/** Throws `forbidden` with the missing scope. */
export function assertScope(caller: Caller, scope: ApiScope): void {
  if (caller.scopes.includes(scope)) return;
  throw new CodedError('forbidden', `This key lacks the scope ${scope}. Make a key that has it.`, {
    details: { scope },
  });
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
  if (cached?.fresh) return cached.value;
  const found = await context.store.apiKeys.findByHash(hash);
  if (!found || found.revokedAt) {
    context.caches.apiKeys.delete(hash);
    throw new CodedError(
      'unauthorized',
      found ? 'This API key was revoked. Use another one.' : 'This API key is not known.',
    );
  }
  context.caches.apiKeys.set(hash, found);
  noteUse(context, found);
  return found;
}

/** Not awaited: no request waits for its own bookkeeping, and a lost note does no harm. */
function noteUse({ store, now, log }: Context, key: ApiKey): void {
  if (key.lastUsedAt && now() - key.lastUsedAt.getTime() < lastUsedStepMs) return;
  store.apiKeys.markUsed({ id: key._id, now: now() }).catch((error: unknown) => {
    log.debug({ keyId: key._id, err: error }, 'the last use of a key could not be noted');
  });
}
